// Prints the cases of csv-spectrum and papaparse as JSON, in one form:
//   { from, name, delimiter, input, rows, faulty } or { from, name, skipped: why }
//   node csv_cases.js NODE_MODULES
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const modules = process.argv[2];

// Objects by header, of every .csv with a .json beside it.
function spectrum() {
  const folder = path.join(modules, 'csv-spectrum');
  const files = fs.readdirSync(path.join(folder, 'csvs')).sort();
  return files.map((file) => {
    const name = path.basename(file, '.csv');
    const input = fs.readFileSync(path.join(folder, 'csvs', file), 'utf8');
    const objects = [].concat(JSON.parse(fs.readFileSync(path.join(folder, 'json', name + '.json'), 'utf8')));
    const head = Object.keys(objects[0]);
    const rows = [head, ...objects.map((object) => head.map((key) => object[key]))];
    return { from: 'csv-spectrum', name, delimiter: ',', input, rows, faulty: false };
  });
}

// The tables of papaparse's own test file, which is a script for a browser.
function papaparse() {
  const file = path.join(modules, 'papaparse', 'tests', 'test-cases.js');
  const nothing = () => {};
  nothing.skip = nothing;
  const papa = { RECORD_SEP: '\x1e', UNIT_SEP: '\x1f' };
  const context = vm.createContext({
    module: { exports: {} }, console, describe: nothing, it: nothing, setTimeout: nothing, Papa: papa,
    require: (name) => (name === 'chai' ? { assert: {} } : papa),
  });
  vm.runInContext(fs.readFileSync(file, 'utf8'), context);
  return [...context.CORE_PARSER_TESTS, ...context.PARSE_TESTS].map(papaparse_case);
}

function papaparse_case(test) {
  const name = test.description;
  const config = { ...(test.config || {}) };
  const delimiter = config.delimiter === undefined ? ',' : config.delimiter;
  delete config.delimiter;
  const skip = (why) => ({ from: 'papaparse', name, skipped: why });
  if (test.disabled) return skip('disabled there');
  if (/guessed/.test(name)) return skip('guesses another delimiter');
  if (/Mixed slash n and slash r/.test(name)) return skip('one line end for the whole text');
  const options = Object.keys(config).sort();
  if (options.length > 0) return skip('option ' + options.join(', '));
  if (typeof test.input !== 'string') return skip('no text');
  if (![',', ';', '\t'].includes(delimiter)) return skip('another delimiter');
  if (test.expected.meta && ![undefined, delimiter].includes(test.expected.meta.delimiter)) {
    return skip('guesses another delimiter');
  }
  const kinds = (test.expected.errors || []).map((error) => error.type);
  const faulty = kinds.some((kind) => kind === 'Quotes');
  return { from: 'papaparse', name, delimiter, input: test.input, rows: test.expected.data, faulty };
}

process.stdout.write(JSON.stringify([...spectrum(), ...papaparse()], null, 1) + '\n');
