// The rival: DuckDB, on a table of its own with the same figures.
//   node duckdb_figures.mjs prepare FILE CSV
//   node duckdb_figures.mjs ask FILE SQL
import { DuckDBInstance } from '@duckdb/node-api';

const [mode, file, argument] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file, { threads: '2' });
const connection = await instance.connect();

if (mode === 'prepare') {
  await connection.run(`CREATE TABLE facts AS SELECT * FROM read_csv('${argument}', header = true)`);
} else {
  await connection.runAndReadAll('SELECT COUNT(*) FROM facts');  // it is open
  const start = process.hrtime.bigint();
  const reader = await connection.runAndReadAll(argument);
  const rows = reader.getRows();
  console.log(`${(Number(process.hrtime.bigint() - start) / 1e9).toFixed(4)} ${rows.length}`);
}
connection.closeSync();
