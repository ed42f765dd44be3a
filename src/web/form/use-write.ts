import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { newOpId } from '../api.ts';
import { problemOf } from '../problem.ts';

/**
 * A write to the server that is safe to press again. One intention (the same input) keeps one key until the
 * server has decided about it, so a broken connection can never record it twice; a new input gets a new key.
 */
export function useWrite<Input, Output>(
  write: (input: Input, opId: string) => Promise<Output>,
  onDone?: (output: Output) => void | Promise<void>,
) {
  const intention = useRef<{ text: string; opId: string } | null>(null);
  return useMutation<Output, unknown, Input>({
    mutationFn: (input) => {
      const text = JSON.stringify(input);
      if (intention.current?.text !== text) intention.current = { text, opId: newOpId() };
      return write(input, intention.current.opId);
    },
    onSuccess: async (output) => {
      intention.current = null;
      await onDone?.(output);
    },
    onError: (error) => {
      if (problemOf(error).status !== 0) intention.current = null;
    },
    networkMode: 'always',
    retry: false,
  });
}
