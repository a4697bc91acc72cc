// Verifies a Tocsin alarm, receipt, drill order or drill notice with Node's own cryptography and a CBOR package: no line of Java, nothing of ours.
// SM2, which Node cannot give an id, goes through the openssl command (3.0 or newer).
//
//   node verify.mjs golden FOLDER                every golden vector (*.json) in a folder
//   node verify.mjs envelope FILE PUBLIC.pem     one envelope, as it came over the wire
//   node verify.mjs extract FOLDER OUT           the first golden alarm as OUT.cose, its device's key as OUT.pem
//
// Exits 0 if every signature is right and the tampered copies are refused, 1 otherwise.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Decoder, Encoder, Tag } from 'cbor-x';
import protobuf from 'protobufjs';

const decoder = new Decoder({ mapsAsObjects: false, useRecords: false });
const encoder = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });
const ALG = 1, KID = 4, TYP = 16;
const ED25519 = [-19, -8], ES256 = [-9, -7], SM2 = [-10197501];
const SM2_CURVE = '06082a811ccf5501822d'; // 1.2.156.10197.1.301
const SM2_ID = '1234567812345678'; // GM/T 0003's usual one

/** RFC 9052, section 4.4: the bytes that are signed. */
function toBeSigned(protectedHeader, payload) {
  return encoder.encode(['Signature1', protectedHeader, Buffer.alloc(0), payload]);
}

export function open(bytes) {
  let object = decoder.decode(bytes);
  if (object instanceof Tag) {
    if (object.tag !== 18) throw new Error(`tag ${object.tag} is not COSE_Sign1`);
    object = object.value;
  }
  const [protectedHeader, , payload, signature] = object;
  const header = decoder.decode(protectedHeader);
  return { protectedHeader, header, payload, signature };
}

/** r || s as SEQUENCE {r, s}, which openssl wants. */
function der(rs) {
  const integer = (bytes) => {
    let b = bytes;
    while (b.length > 1 && b[0] === 0 && b[1] < 0x80) b = b.subarray(1);
    if (b[0] >= 0x80) b = Buffer.concat([Buffer.from([0]), b]);
    return Buffer.concat([Buffer.from([2, b.length]), b]);
  };
  const both = Buffer.concat([integer(rs.subarray(0, 32)), integer(rs.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, both.length]), both]);
}

/** GM/T 0003.2 by openssl: exit 0 is right, 1 is wrong, anything else is no answer. */
function sm2(data, publicPem, signature) {
  const folder = mkdtempSync(join(tmpdir(), 'sm2-'));
  try {
    const file = (name, content) => { writeFileSync(join(folder, name), content); return join(folder, name); };
    const ran = spawnSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', file('key.pem', publicPem), '-rawin',
      '-digest', 'sm3', '-pkeyopt', `distid:${SM2_ID}`, '-in', file('data', data), '-sigfile', file('signature', der(signature))]);
    if (![0, 1].includes(ran.status)) throw new Error(`openssl gave no answer: ${ran.error ?? ran.stderr}`);
    return ran.status === 0 && /Verified Successfully/.test(String(ran.stdout));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function isSignedBy(envelope, publicPem) {
  const key = createPublicKey(publicPem);
  const kid = createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest().subarray(0, 8);
  if (!kid.equals(Buffer.from(envelope.header.get(KID)))) return false;
  const data = toBeSigned(envelope.protectedHeader, envelope.payload);
  const alg = Number(envelope.header.get(ALG));
  if (ED25519.includes(alg) && key.asymmetricKeyType === 'ed25519') {
    return verify(null, data, key, envelope.signature);
  }
  if (ES256.includes(alg) && key.asymmetricKeyDetails?.namedCurve === 'prime256v1') {
    return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, envelope.signature);
  }
  if (SM2.includes(alg) && key.export({ type: 'spki', format: 'der' }).includes(Buffer.from(SM2_CURVE, 'hex'))) {
    return envelope.signature.length === 64 && sm2(data, publicPem, Buffer.from(envelope.signature));
  }
  return false;
}

/** The message inside, by the protocol's own .proto file. */
export function read(envelope) {
  const here = dirname(fileURLToPath(import.meta.url));
  const root = protobuf.loadSync(join(here, '../src/main/protobuf/tocsin/tocsin.proto'));
  const name = {
    'application/vnd.tocsin.alarm': 'AlarmMessage',
    'application/vnd.tocsin.evidence': 'EvidenceMessage',
    'application/vnd.tocsin.manifest': 'UpdateManifestMessage',
    'application/vnd.tocsin.answer': 'AnswerMessage',
    'application/vnd.tocsin.presence': 'PresenceMessage',
    'application/vnd.tocsin.order': 'DrillOrderMessage',
    'application/vnd.tocsin.notice': 'DrillNoticeMessage',
    'application/vnd.tocsin.notice-receipt': 'DrillNoticeReceiptMessage',
    'application/vnd.tocsin.device-order': 'DeviceOrderMessage',
    'application/vnd.tocsin.order-result': 'OrderResultMessage',
  }[envelope.header.get(TYP)];
  if (!name) throw new Error(`unknown typ ${envelope.header.get(TYP)}`);
  const type = root.lookupType(`tocsin.${name}`);
  return type.toObject(type.decode(envelope.payload), { enums: String, longs: String, bytes: String });
}

/** Every leaf of a tree under its path, a list's items too; what is empty, zero or not there is left out, as on the wire. */
function leaves(tree, path = '', found = new Map()) {
  for (const [name, value] of Object.entries(tree)) {
    const key = path + name.replace(/_hex$/, '').replace(/_([a-z])/g, (_, c) => c.toUpperCase());
    if (value !== null && typeof value === 'object') {
      leaves(value, `${key}.`, found);
    } else if (name.endsWith('_hex')) {
      found.set(key, String(BigInt(`0x${value}`)));
    } else if (!['', '0', 'false'].includes(String(value))) {
      found.set(key, String(value));
    }
  }
  return found;
}

const hex = (base64) => Buffer.from(base64, 'base64').toString('hex');

/** What differs between a vector's fields, for people, and the message that was signed. */
function differences(fields, message) {
  const { receipt, ...rest } = message;
  const said = leaves({ ...rest, ...receipt });
  const wanted = leaves(fields);
  const bytes = ['envelopeSha256', 'chainHead', 'noticeSha256', 'alarmSha256', 'orderSha256', 'values', 'vendor', 'deviceClass', 'payloadSha256', 'precursorSha256'];
  return [...new Set([...said.keys(), ...wanted.keys()])].filter((key) => {
    const value = said.get(key);
    return (bytes.includes(key) && value !== undefined ? hex(value) : value) !== wanted.get(key);
  });
}

function check(what, bytes, publicPem) {
  const envelope = open(bytes);
  const genuine = isSignedBy(envelope, publicPem);
  const tampered = { ...envelope, payload: Buffer.from(envelope.payload) };
  tampered.payload[tampered.payload.length - 1] ^= 1;
  const refused = !isSignedBy(tampered, publicPem);
  console.log(`${genuine && refused ? 'ok  ' : 'FAIL'} ${what}: signature ${genuine ? 'right' : 'WRONG'}, ` +
    `tampered copy ${refused ? 'refused' : 'ACCEPTED'}`);
  return { ok: genuine && refused, message: read(envelope) };
}

const [mode, path, keyFile] = process.argv.slice(2);
let ok = true;
if (mode === 'golden' && path) {
  const files = readdirSync(path).filter((f) => f.endsWith('.json')).sort();
  let count = 0;
  for (const file of files) {
    for (const vector of JSON.parse(readFileSync(join(path, file), 'utf8')).vectors) {
      for (const [what, signed, signer] of [
        ['alarm', vector.alarm, vector.device],
        ['evidence', vector.evidence, vector.device],
        ['manifest', vector.manifest, vector.centre],
        ['receipt', vector.receipt, vector.centre],
        ['order', vector.order, vector.centre],
        ['notice', vector.notice, vector.centre],
        ['notice receipt', vector.noticeReceipt, vector.centre],
        ['device order', vector.deviceOrder, vector.centre],
        ['order result', vector.orderResult, vector.device],
      ]) {
        const result = check(`${file} ${vector.algorithm} ${what}`, Buffer.from(signed.envelopeHex, 'hex'), signer.publicKeyPem);
        const wrong = differences(signed.fields, result.message);
        if (wrong.length) console.log(`FAIL ${file} ${vector.algorithm} ${what}: not as its fields say: ${wrong.join(', ')}`);
        ok &&= result.ok && wrong.length === 0;
        count++;
      }
    }
  }
  ok &&= count > 0;
  console.log(`${count} vectors`);
} else if (mode === 'envelope' && path && keyFile) {
  const result = check(path, readFileSync(path), readFileSync(keyFile, 'utf8'));
  ok = result.ok;
  console.log(JSON.stringify(result.message, null, 1));
} else if (mode === 'extract' && path && keyFile) {
  const file = readdirSync(path).filter((f) => f.endsWith('.json')).sort()[0];
  const [vector] = JSON.parse(readFileSync(join(path, file), 'utf8')).vectors;
  writeFileSync(`${keyFile}.cose`, Buffer.from(vector.alarm.envelopeHex, 'hex'));
  writeFileSync(`${keyFile}.pem`, vector.device.publicKeyPem);
  console.log(vector.alarm.fields.id.device);
} else {
  console.error('usage: node verify.mjs golden FOLDER | envelope FILE PUBLIC.pem | extract FOLDER OUT');
  process.exit(2);
}
process.exit(ok ? 0 : 1);
