// The rival: DuckDB, on tables of its own with the same columns and the same rows.
//   node duckdb.mjs prepare FILE SQLITE_FILE
//   node duckdb.mjs ask FILE SQL
import { DuckDBInstance } from '@duckdb/node-api';

const tables = {
  persons: 'code VARCHAR, area VARCHAR',
  events: 'code VARCHAR, level BIGINT, held_on INTEGER',
  participations: 'person VARCHAR, event VARCHAR, status VARCHAR, minutes BIGINT',
};

const [mode, file, argument] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file, { threads: '2' });
const connection = await instance.connect();

if (mode === 'prepare') {
  for (const [table, columns] of Object.entries(tables)) {
    await connection.run(`CREATE TABLE ${table} (${columns})`);
    await connection.run(`COPY ${table} FROM '${argument}/${table}.csv' (HEADER)`);
  }
} else {
  const start = process.hrtime.bigint();
  const reader = await connection.runAndReadAll(argument);
  const rows = reader.getRows();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const total = (column) => rows.reduce((sum, row) => sum + BigInt(row[column]), 0n);
  console.log(`${seconds.toFixed(3)} ${rows.length} ${total(2)} ${total(3)} ${total(4)}`);
}
connection.closeSync();
