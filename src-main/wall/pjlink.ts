import { createHash } from 'node:crypto'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { done, exchange } from './line'

/**
 * PJLink class 1 (JBMIA, "PJLink Specifications"): power of a projector or display over TCP port 4352, lines ended by CR. A device with a password
 * greets with `PJLINK 1` and eight random digits; the first command then begins with the MD5 of these and the password.
 */
export interface PjlinkSettings {
  readonly host: string
  readonly port: number
  readonly password: string | null
}

export const pjlinkPort = 4352
const withinMs = 5_000

export const pjlinkDigest = (random: string, password: string): string =>
  createHash('md5')
    .update(random + password)
    .digest('hex')

const failures: Readonly<Record<string, string>> = {
  ERR1: '显示设备不认识这个命令',
  ERR2: '参数不对',
  ERR3: '显示设备正忙（升温或降温），请稍候',
  ERR4: '显示设备有故障',
  ERRA: '显示设备的口令不对',
}

async function ask(settings: PjlinkSettings, clock: Clock, command: string): Promise<Result<string, AppError>> {
  return exchange({ ...settings, ending: '\r', withinMs }, clock, async (line) => {
    const greeting = (await line.hear()).trim()
    const random = /^PJLINK 1 ([0-9a-fA-F]+)$/.exec(greeting)?.[1]
    if (random === undefined && greeting !== 'PJLINK 0') return err(appError('wall/refused', { reason: '不是 PJLink 设备' }))
    if (random !== undefined && settings.password === null) return err(appError('wall/refused', { reason: '显示设备要口令，配置里没有' }))
    const digest = random !== undefined && settings.password !== null ? pjlinkDigest(random, settings.password) : ''
    line.say(`${digest}%1${command}`)
    const answer = (await line.hear()).trim()
    if (answer === 'PJLINK ERRA') return err(appError('wall/refused', { reason: failures.ERRA }))
    const value = /^%1[A-Z0-9]{4}=(.*)$/i.exec(answer)?.[1]
    if (value === undefined) return err(appError('wall/refused', { reason: '显示设备的回答看不懂' }))
    const failure = failures[value.toUpperCase()]
    return failure === undefined ? ok(value) : err(appError('wall/refused', { reason: failure }))
  })
}

export async function setPower(settings: PjlinkSettings, clock: Clock, isOn: boolean): Promise<Result<void, AppError>> {
  const answer = await ask(settings, clock, `POWR ${isOn ? 1 : 0}`)
  return answer.ok ? done : answer
}

/** Warming up counts as on, cooling down as off. */
export async function readPower(settings: PjlinkSettings, clock: Clock): Promise<Result<boolean, AppError>> {
  const answer = await ask(settings, clock, 'POWR ?')
  return answer.ok ? ok(answer.value === '1' || answer.value === '3') : answer
}
