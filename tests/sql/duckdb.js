// duckdb.js TABLES VIEW QUERY: loads CSV files (path, tab, name a line) as tables of texts into a
// database in memory, makes the view, and prints the rows of the query with tabs, below their names.
const fs = require('fs');
const { DuckDBInstance } = require('@duckdb/node-api');

async function main() {
  const [tables, view, query] = process.argv.slice(2);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const line of fs.readFileSync(tables, 'utf8').split('\n')) {
    if (!line) continue;
    const [path, name] = line.split('\t');
    await connection.run(`CREATE TABLE "${name}" AS SELECT * FROM
      read_csv('${path}', header = true, all_varchar = true)`);
  }
  await connection.run(fs.readFileSync(view, 'utf8'));
  const answer = await connection.runAndReadAll(query);
  console.log(answer.columnNames().join('\t'));
  for (const row of answer.getRows()) {
    console.log(row.map((cell) => (cell === null ? '' : String(cell))).join('\t'));
  }
}
main().catch((error) => { console.error(error.message); process.exit(1); });
