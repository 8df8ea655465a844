// A program: asks the JavaScript SDK's own chain in each environment of a file, and writes what it answers.
// Nothing leaves it: what it would send to an address of a container or machine comes to a server of its own.
"use strict";

const fs = require("node:fs");
const http = require("node:http");
const https = require("node:https");
const net = require("node:net");

const [folder, told] = process.argv.slice(2);
const { defaultProvider } = require(require.resolve("@aws-sdk/credential-provider-node", { paths: [folder] }));

const ROLE = (id) => ({
  Code: "Success", AccessKeyId: id, SecretAccessKey: "secret", Token: "token", Expiration: "2099-01-01T00:00:00Z",
});
const assumed = (id) => async () => ({ accessKeyId: id, secretAccessKey: "secret", sessionToken: "token" });
let now = {};

const server = http.createServer((request, response) => {
  const metadata = request.url.startsWith("/latest/");
  if (!(metadata ? now.machine : now.container)) {
    request.socket.destroy();
    return;
  }
  if (!metadata) response.end(JSON.stringify(ROLE("id-container")));
  else if (request.url.endsWith("/token")) response.end("token");
  else if (request.url.endsWith("/security-credentials/")) response.end("role");
  else response.end(JSON.stringify(ROLE("id-machine")));
});

function route() {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...given) {
    const options = Array.isArray(given[0]) ? given[0][0] : given[0];
    Object.assign(options, { host: "127.0.0.1", port: server.address().port });
    delete options.lookup;
    return connect.apply(this, given);
  };
}

https.request = (options, answered) => http.request({ ...options, agent: undefined, protocol: "http:" }, answered);

async function ask(one) {
  now = one;
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, one.variables);
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  try {
    const found = await defaultProvider({
      ...(one.profile === null ? {} : { profile: one.profile }),
      ignoreCache: true, logger: quiet, maxRetries: 0, timeout: 500,
      roleAssumer: assumed("id-assumed"), roleAssumerWithWebIdentity: assumed("id-web-identity"),
    })();
    return { method: found.accessKeyId };
  } catch (error) {
    return { error: error.name, text: String(error.message) };
  }
}

async function main() {
  process.on("unhandledRejection", () => {}); // of a source that the SDK does not wait for any more
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  route();
  const answers = [];
  for (const one of JSON.parse(fs.readFileSync(told, "utf-8"))) answers.push(await ask(one));
  process.stdout.write(JSON.stringify(answers), () => process.exit(0));
}

main();
