import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * Password hashes: scrypt (RFC 7914) with a salt for each account and its parameters kept beside it, so that the cost can be raised later
 * while older hashes still verify. Hashing runs on the thread pool and never inside a transaction.
 */
export interface Passwords {
  hash(password: string): Promise<string>
  /** `stored` undefined: there is no such account; the same work is done and the answer is false, so that time tells nothing. */
  verify(password: string, stored: string | undefined): Promise<boolean>
  /** So many hashes are waiting that a new one would be answered too late; a flood of sign-ins is turned away instead of queued. */
  isOverloaded(): boolean
}

/** About five seconds of hashing on two cores: whoever waits longer has given up. */
const waitingLimit = 64

/** OWASP's minimum for scrypt: N = 2^15, r = 8, p = 3 (or 2^17, 8, 1); with p = 3 one hash takes 32 MiB at a time. */
export const productionCost = { cost: 2 ** 15, blockSize: 8, parallelization: 3 }
export type PasswordCost = typeof productionCost

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const keyLength = 32

export function createPasswords(cost: PasswordCost = productionCost): Passwords {
  const nobody = format(cost, Buffer.alloc(16), Buffer.alloc(keyLength))
  let waiting = 0
  const deriveKey = async (password: string, salt: Buffer, keyCost: PasswordCost): Promise<Buffer> => {
    waiting += 1
    try {
      // Unicode has several spellings for what looks the same on two keyboards (RFC 8265 §4.2 asks for NFC).
      return await derive(password.normalize('NFC'), salt, keyLength, { ...keyCost, maxmem: memoryBytes(keyCost) })
    } finally {
      waiting -= 1
    }
  }
  return {
    isOverloaded: () => waiting >= waitingLimit,
    async hash(password) {
      const salt = randomBytes(16)
      return format(cost, salt, await deriveKey(password, salt, cost))
    },
    async verify(password, stored) {
      const { salt, key, ...storedCost } = parse(stored ?? nobody)
      const isEqual = timingSafeEqual(await deriveKey(password, salt, storedCost), key)
      return isEqual && stored !== undefined
    },
  }
}

/** RFC 7914 §5 keeps N + p blocks of 128·r bytes; doubled, because the library wants a little over. */
function memoryBytes({ cost, blockSize, parallelization }: PasswordCost): number {
  return 2 * 128 * blockSize * (cost + parallelization + 2)
}

function format(cost: PasswordCost, salt: Buffer, key: Buffer): string {
  return ['scrypt', cost.cost, cost.blockSize, cost.parallelization, salt.toString('base64'), key.toString('base64')].join('$')
}

function parse(stored: string): PasswordCost & { salt: Buffer; key: Buffer } {
  const [, cost, blockSize, parallelization, salt = '', key = ''] = stored.split('$')
  return {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  }
}

const shortest = 10

/** The rule of `auth/weakPassword`: at least ten characters, and neither the account number nor the old password. */
export function isWeakPassword(password: string, accountNo: string, oldPassword?: string): boolean {
  return [...password].length < shortest || password.toLowerCase() === accountNo.toLowerCase() || password === oldPassword
}
