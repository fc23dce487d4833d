/**
 * Proves the duty log of a centre: each seat's chain and signatures, straight from the database. It changes nothing and needs no running server.
 *   npm run verify-log -- FILE.db | postgresql://… | ARCHIVE.json
 * An archive is proved by what it brings along, without any centre. Prints one line per chain and per finding; ends with 1 when anything was changed, deleted, put in or moved.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createLog, systemClock } from '../src-server/platform/machine'
import { openDatabase } from '../src-server/store/open-database'
import { proofOfArchive } from '../src-server/workflows/shift/archive'
import { proveLog } from '../src-server/workflows/shift/verify-log'
import type { DutyLogArchive } from '../src-shared/contracts/central-api/duty-log'
import { findingKinds } from '../src-shared/domain/duty-log/verify'

const [place = ''] = process.argv.slice(2)
const isPostgresql = /^postgres(ql)?:\/\//.test(place)
if (!isPostgresql && !existsSync(place)) {
  console.error('用法：npm run verify-log -- 中心数据库文件 | postgresql://… | 月档案.json')
  process.exit(2)
}
const { proofs, unsealed } = place.endsWith('.json')
  ? proofOfArchive(JSON.parse(readFileSync(place, 'utf8')) as DutyLogArchive)
  : await proofOfCentre()
for (const { keyId, seatNo, entries, last, findings } of proofs) {
  console.log(
    `坐席 ${seatNo ?? '未登记'} 链 ${keyId.slice(0, 12)}：${entries} 条，末条 ${last?.position ?? '—'}，${findings.length === 0 ? '完好' : `${findings.length} 处不符`}`,
  )
  for (const { kind, position, entryId, because } of findings) {
    console.log(`  第 ${position} 条${findingKinds[kind]}：${because}${entryId === null ? '' : `（${entryId}）`}`)
  }
}
console.log(`未封签 ${unsealed} 条`)
process.exitCode = proofs.some(({ findings }) => findings.length > 0) ? 1 : 0

async function proofOfCentre() {
  const opened = openDatabase(isPostgresql ? { kind: 'postgresql', url: place } : { kind: 'sqlite', file: place }, createLog('error'))
  const proof = await proveLog({ db: opened.db, clock: systemClock })
  await opened.close()
  if (!proof.ok) throw new Error(proof.error.message)
  return proof.value
}
