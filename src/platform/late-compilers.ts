import ajvCompiler from '@fastify/ajv-compiler';
import serializerSelector from '@fastify/fast-json-stringify-compiler';
import type { FastifyServerOptions } from 'fastify';

type Factories = Required<
  NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>
>;

const validators = ajvCompiler();
const serializers = serializerSelector();

/**
 * Fastify's own compilers of schemas, each of which does its work when its route is first asked: the house has hundreds
 * of routes, and making the checks and the writers of all of them takes two seconds before the first answer. They work
 * on what a validator of Ajv is given and says: the data's parent, so that coercion reaches it, and `errors`.
 */
export const lateCompilers: Factories = {
  buildValidator: ((schemas: never, options: never) => {
    const compile = validators(schemas, options);
    return (route: never) => {
      let check: ReturnType<typeof compile> | undefined;
      const late = Object.assign(
        (...given: Parameters<ReturnType<typeof compile>>) => {
          check ??= compile(route);
          const held = check(...given);
          late.errors = check.errors;
          return held;
        },
        { schemaEnv: true, errors: undefined as unknown },
      );
      return late;
    };
  }) as unknown as Factories['buildValidator'],
  buildSerializer(schemas, options) {
    const compile = serializers(schemas as never, options as never);
    return (route) => {
      let write: ReturnType<typeof compile> | undefined;
      return (data) => {
        write ??= compile(route as never);
        return write(data);
      };
    };
  },
};
