declare module 'qrcode' {
  /** The modules of a QR code, row by row; 1 is dark. */
  export interface QrCode {
    readonly modules: { readonly size: number; readonly data: Uint8Array };
  }
  const qrcode: {
    create(text: string, options: { errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' }): QrCode;
  };
  export default qrcode;
}
