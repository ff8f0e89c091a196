#!/usr/bin/env python3
"""Deterministic generator: gen.py N OUTDIR [--only-env]
Writes, for N keys (seeded by N): grouped .env, flat .env, schemas for every peer, JSON form, scripts.
Types (per 20 keys): 8 string, 4 integer, 3 boolean, 2 url, 2 enum, 1 list.  80 % required.
"""
import json, os, random, sys
N = int(sys.argv[1]); OUT = sys.argv[2]
rnd = random.Random(0xE5C0 + N)
os.makedirs(OUT, exist_ok=True)
CYC = ["string"]*8+["integer"]*4+["boolean"]*3+["url"]*2+["enum"]*2+["list"]
SUBJ = "API AUTH BILLING CACHE CDN CRON DB EMAIL EVENTS FEATURE GATEWAY HTTP INDEX JOBS KAFKA LOG MAIL METRICS NATS OAUTH PAYMENT QUEUE REDIS S3 SEARCH SESSION SMTP STRIPE TRACE WEBHOOK".split()
NOUN = {"string":["NAME","TOKEN","SECRET","REGION","BUCKET","PREFIX","USER","PASSWORD","TITLE"],
        "integer":["PORT","TIMEOUT_MS","MAX_CONN","RETRIES","POOL_SIZE","TTL_SECONDS"],
        "boolean":["ENABLED","DEBUG","USE_TLS","VERIFY_CERTS"],
        "url":["URL","ENDPOINT","CALLBACK_URL"],
        "enum":["LEVEL","MODE","ENVIRONMENT"],
        "list":["HOSTS","ALLOWED_ORIGINS","TAGS"]}
ENUMS = {"LEVEL":["debug","info","warn","error"],"MODE":["read","write","readwrite"],"ENVIRONMENT":["development","staging","production"]}
AL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
WORDS = "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango".split()
def host(): return rnd.choice(WORDS)+"-"+str(rnd.randrange(100))+"."+rnd.choice(["example.com","internal","svc.cluster.local"])
rows = []  # (key,type,raw,value,required,enumvals)
for i in range(N):
    if i % 20 == 0:
        order = CYC[:]; rnd.shuffle(order)
    t = order[i % 20]; noun = rnd.choice(NOUN[t])
    key = f"APP_{i//10:06d}_{rnd.choice(SUBJ) if False else SUBJ[(i//10)%len(SUBJ)]}_{i%10}_{noun}"
    ev = None
    if t == "string":
        k = rnd.randrange(4)
        if k == 0: v = " ".join(rnd.choice(WORDS) for _ in range(rnd.randrange(2,6))); raw = f'"{v}"'
        elif k == 1: v = "".join(rnd.choice(AL) for _ in range(rnd.choice([20,32,40]))); raw = v
        elif k == 2: v = rnd.choice(WORDS)+"-"+rnd.choice(WORDS); raw = v
        else: v = "eu-west-"+str(rnd.randrange(1,4)); raw = v
    elif t == "integer": v = rnd.choice([rnd.randrange(1,100), rnd.randrange(1024,65535), rnd.randrange(1000,600000)]); raw = str(v)
    elif t == "boolean": v = rnd.random()<.5; raw = "true" if v else "false"
    elif t == "url":
        v = rnd.choice(["https://%s/v%d/%s" % (host(), rnd.randrange(1,4), rnd.choice(WORDS)),
                        "https://%s:%d/%s?x=%d" % (host(), rnd.randrange(1024,65535), rnd.choice(WORDS), rnd.randrange(100)),
                        "postgres://%s:%s@%s:5432/%s" % (rnd.choice(WORDS), "".join(rnd.choice(AL) for _ in range(16)), host(), rnd.choice(WORDS))]); raw = v
    elif t == "enum": ev = ENUMS[noun]; v = rnd.choice(ev); raw = v
    else: v = [rnd.choice(WORDS) for _ in range(rnd.randrange(1,6))]; raw = ",".join(v)
    rows.append((key,t,raw,v,rnd.random()<.8,ev))
w = lambda n: open(os.path.join(OUT,n),"w")
with w(".env") as f:
    for i,(k,t,raw,*_) in enumerate(rows):
        if i % 10 == 0:
            if i: f.write("\n")
            f.write(f"# Settings of the {SUBJ[(i//10)%len(SUBJ)].lower()} component, section {i//10}\n")
        f.write(f"{k}={raw}\n")
with w("flat.env") as f:
    for k,t,raw,*_ in rows: f.write(f"{k}={raw}\n")
DL = {"string":"String","integer":"Integer","boolean":"Boolean","url":"Url","enum":"String","list":"String"}
def dl(regex):
    e = {}
    for k,t,raw,v,req,ev in rows:
        d = {"type":DL[t],"required":req}
        if regex and t=="enum": d["regex"] = "^("+"|".join(ev)+")$"
        if regex and t=="list": d["regex"] = "^[a-z0-9]+(,[a-z0-9]+)*$"
        e[k]=d
    return {"version":"1.0","allow_other_keys":False,"entries":e}
w("dl.json").write(json.dumps(dl(True))); w("dl-noregex.json").write(json.dumps(dl(False)))
props = {}
for k,t,raw,v,req,ev in rows:
    props[k] = {"string":{"type":"string"},"integer":{"type":"integer"},"boolean":{"type":"boolean"},"url":{"type":"string","format":"uri"},
                "enum":{"type":"string","enum":ev},"list":{"type":"array","items":{"type":"string"}}}[t]
w("schema.json").write(json.dumps({"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":props,"required":[r[0] for r in rows if r[4]],"additionalProperties":False}))
CONCISE = {"string":"string","integer":"integer","boolean":"boolean","url":"url","list":"comma-separated string"}
with w("envschema.yaml") as f:
    for k,t,raw,v,req,ev in rows: f.write(f"{k}: {' | '.join(ev) if ev else CONCISE[t]}{' (required)' if req else ''}\n")
w("env.json").write(json.dumps({r[0]:r[3] for r in rows}))
os.makedirs(os.path.join(OUT,"varlock"),exist_ok=True)
VL = {"string":"string","integer":"number","boolean":"boolean","url":"url","list":"string"}
with w("varlock/.env.schema") as f:
    f.write("# @defaultRequired=false @defaultSensitive=false\n# ---\n")
    for k,t,raw,v,req,ev in rows:
        ty = "enum("+", ".join(ev)+")" if t=="enum" else VL[t]
        f.write(f"# @type={ty}{' @required' if req else ''}\n{k}=\n")
with w("varlock/.env") as f: f.write(open(os.path.join(OUT,".env")).read())
# pydantic
with w("pyd.py") as f:
    f.write("import os\nfrom typing import Annotated, Literal, Optional\nfrom pydantic import AnyUrl, BeforeValidator\nfrom pydantic_settings import BaseSettings, SettingsConfigDict, NoDecode\n"
            "L = Annotated[list[str], NoDecode, BeforeValidator(lambda v: v.split(','))]\n"
            "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_file=os.path.join(os.path.dirname(__file__),'.env'), extra='forbid')\n")
    PT = {"string":"str","integer":"int","boolean":"bool","url":"AnyUrl","list":"L"}
    for k,t,raw,v,req,ev in rows:
        ty = f"Literal[{', '.join(map(repr,ev))}]" if t=="enum" else PT[t]
        f.write(f"    {k}: {ty if req else f'Optional[{ty}] = None'}\n")
    f.write("S()\n")
PRE = "import fs from 'node:fs';import path from 'node:path';import dotenv from 'dotenv';\nconst env = dotenv.parse(fs.readFileSync(path.join(import.meta.dirname,'.env')));\n"
with w("zod.mjs") as f:
    f.write(PRE+"import { z } from 'zod';\nconst S = z.object({\n")
    ZT = {"string":"z.string()","integer":"z.coerce.number().int()","boolean":"z.enum(['true','false']).transform(v=>v==='true')","url":"z.url()","list":"z.string().transform(s=>s.split(','))"}
    parts = []
    for k,t,raw,v,req,ev in rows:
        ty = f"z.enum({json.dumps(ev)})" if t=="enum" else ZT[t]
        parts.append(f"  {k}: {ty}{'' if req else '.optional()'},\n")
    body = ''.join(parts)
    f.write(body+"});\nS.parse(env);\n")
with w("t3.mjs") as f:
    f.write(PRE+"import { z } from 'zod';import { createEnv } from '@t3-oss/env-core';\ncreateEnv({ server: {\n"+body+"}, runtimeEnv: env });\n")
with w("envalid.mjs") as f:
    f.write(PRE+"import { cleanEnv, str, num, bool, url } from 'envalid';\ncleanEnv(env, {\n")
    ET = {"string":"str","integer":"num","boolean":"bool","url":"url","list":"str","enum":"str"}
    for k,t,raw,v,req,ev in rows:
        o = []
        if ev: o.append("choices: "+json.dumps(ev))
        if not req: o.append("default: undefined")
        f.write(f"  {k}: {ET[t]}({'{ '+', '.join(o)+' }' if o else ''}),\n")
    f.write("});\n")
