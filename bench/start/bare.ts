/** node bare.ts URL PORT: the least server that can answer whether its database is there. */
import fastify from 'fastify';
import pg from 'pg';

const [url, port] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url });
const app = fastify();
app.get('/readyz', async () => (await pool.query('select 1 as ready')).rows);
await app.listen({ port: Number(port), host: '127.0.0.1' });
