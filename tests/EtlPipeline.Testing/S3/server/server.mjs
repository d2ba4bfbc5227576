// Starts fauxqs as an S3 server on 127.0.0.1, prints its port, and ends with its standard input: with the test process, however that ends.
import { buildApp } from "fauxqs";
import { S3Store } from "./node_modules/fauxqs/dist/s3/s3Store.js";

// S3 lists in the order of the bytes; fauxqs in that of a language, but pages by the bytes.
String.prototype.localeCompare = function (other) {
  return this < other ? -1 : this > other ? 1 : 0;
};

const s3Store = new S3Store();
const app = buildApp({ logger: false, stores: { s3Store } });

// fauxqs knows no conditional writes. Hook and handler run in one turn of the event loop, so no other request comes between.
app.addHook("preHandler", (request, reply, done) => {
  const isWrite = request.method === "PUT" || (request.method === "POST" && request.query.uploadId);
  if (isWrite && request.headers["if-none-match"] === "*" && isThere(request.params.bucket, request.params["*"])) {
    reply.status(412).header("content-type", "application/xml");
    reply.send("<Error><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did not hold</Message></Error>");
    return;
  }
  done();
});

function isThere(bucket, key) {
  try {
    s3Store.headObject(bucket, key);
    return true;
  } catch {
    return false;
  }
}

await app.listen({ host: "127.0.0.1", port: 0 });
process.stdout.write(`${app.server.address().port}\n`);
process.stdin.resume().on("end", () => process.exit(0));
