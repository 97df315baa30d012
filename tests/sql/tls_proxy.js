// tls_proxy PORT TO NAME: TLS on a local port with NAME.pem and NAME.key, handed on to the port TO.
const { readFileSync } = require("fs");
const { connect } = require("net");
const { createServer } = require("tls");

const [port, to, name] = process.argv.slice(2);
createServer({ cert: readFileSync(`${name}.pem`), key: readFileSync(`${name}.key`) }, (from) => {
  const on = connect(Number(to), "127.0.0.1");
  for (const [one, other] of [[from, on], [on, from]]) one.pipe(other).on("error", () => one.destroy());
  from.on("error", () => on.destroy());
}).listen(Number(port), "127.0.0.1");
