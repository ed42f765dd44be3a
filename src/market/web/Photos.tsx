import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { type Answer, answer, api, newOpId, withKey } from '../../web/api.ts';
import { useProblemWords } from '../../web/form/ErrorSummary.tsx';
import { useFormats } from '../../web/format.ts';
import { type ProblemDocument, problemOf } from '../../web/problem.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { shrinkPhoto } from './shrink.ts';
import { useWords } from './words.ts';

type Product = Answer<'/api/my-stalls/{code}'>['products'][number];

async function sendOne(product: string, bytes: Blob, thumbOf?: string): Promise<string> {
  const sent = await answer(
    api.POST('/api/product-photos', {
      headers: withKey(newOpId()),
      body: { file: '', product, type: 'image/jpeg', ...(thumbOf ? { thumbOf } : {}) },
      bodySerializer() {
        const form = new FormData();
        form.set('product', product);
        form.set('type', 'image/jpeg');
        if (thumbOf) form.set('thumbOf', thumbOf);
        form.set('file', bytes, 'photo.jpg');
        return form;
      },
    }),
  );
  return sent.sha256;
}

function useSending(product: string) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const send = async (file: File) => {
    setBusy(true);
    setProblem(null);
    try {
      const small = await shrinkPhoto(file);
      const sha256 = await sendOne(product, small?.photo ?? file);
      if (small) await sendOne(product, small.thumb, sha256);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
    await queries.invalidateQueries();
  };
  return { busy, problem, send };
}

function Trouble({ problem }: { problem: ProblemDocument }) {
  const { title, next } = useProblemWords(problem);
  return <p role="alert" className="font-semibold text-stopped">{`${title} ${next}`}</p>;
}

function useRemoving(code: string) {
  const queries = useQueryClient();
  return async (sha256: string) => {
    const params = { path: { code } };
    const headers = withKey(newOpId());
    const body = { sha256 };
    await answer(api.POST('/api/products/{code}/remove-photo', { params, headers, body }));
    await queries.invalidateQueries();
  };
}

type PhotoProps = { product: string; photo: Product['photos'][number]; at: number };

function Photo({ product, photo, at }: PhotoProps) {
  const t = useWords();
  const { count } = useFormats();
  if (photo.state === 'kept') {
    return (
      <img
        className="aspect-[4/3] w-full rounded-lg object-cover"
        src={`/api/products/${product}/photos/${photo.sha256}`}
        alt={t('product.photo', { number: count(at + 1) })}
      />
    );
  }
  return (
    <p className="grid aspect-[4/3] place-items-center rounded-lg bg-sunk text-soft">
      {t(photo.state === 'refused' ? 'product.refused' : 'product.checking')}
    </p>
  );
}

/** The photos of a product: made small in the browser, sent, looked into, then seen by everybody. */
export function Photos({ product }: { product: Product }) {
  const t = useWords();
  const { busy, problem, send } = useSending(product.code);
  const remove = useRemoving(product.code);
  return (
    <Sheet title={t('product.photos')} id="photos">
      <p className="pb-4 text-sm text-soft">{t('product.photoHint')}</p>
      {problem ? <Trouble problem={problem} /> : null}
      <ul className="grid grid-cols-2 gap-4 pb-4 sm:grid-cols-3">
        {product.photos.map((photo, at) => (
          <li key={photo.sha256} className="grid content-start gap-2">
            <Photo product={product.code} photo={photo} at={at} />
            <Button look="quiet" compact onPress={() => void remove(photo.sha256)}>
              {t('product.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <FileTrigger
        acceptedFileTypes={['image/*']}
        onSelect={(files) => {
          const [chosen] = files ?? [];
          if (chosen) void send(chosen);
        }}
      >
        <Button look="secondary" pending={busy}>
          {busy ? t('product.sending') : t('product.addPhoto')}
        </Button>
      </FileTrigger>
    </Sheet>
  );
}
