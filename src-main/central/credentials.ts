import { Compile } from 'typebox/compile'
import type { Log } from '#shared/base/log'
import { Tokens } from '#shared/contracts/central-api/sessions'

/**
 * Tokens by account in the secret store, with a copy in memory so that a call does not wait for the key store. It renews nothing; the client
 * does. A secret that cannot be read is treated as absent: the person signs in again.
 */
interface Secrets {
  get(name: string): Promise<string | undefined>
  set(name: string, secret: string): Promise<void>
  delete(name: string): Promise<void>
}

export interface TokenKeeper {
  tokensOf(accountNo: string): Promise<Tokens | undefined>
  keep(accountNo: string, tokens: Tokens): Promise<void>
  forget(accountNo: string): Promise<void>
  setCurrent(accountNo: string | null): void
  current(): string | null
}

const validator = Compile(Tokens)
const secretName = (accountNo: string) => `central-tokens-${accountNo}`

export function createCredentials({ secrets, log }: { readonly secrets: Secrets; readonly log: Log }): TokenKeeper {
  const known = new Map<string, Tokens>()
  let currentAccountNo: string | null = null

  return {
    async tokensOf(accountNo) {
      const held = known.get(accountNo)
      if (held) return held
      const stored = await secrets.get(secretName(accountNo)).catch((cause: unknown) => {
        log.warn('secret not readable', { cause: String(cause) })
        return undefined
      })
      const tokens = stored === undefined ? undefined : parsedTokens(stored)
      if (tokens && !known.has(accountNo)) known.set(accountNo, tokens)
      return known.get(accountNo)
    },
    async keep(accountNo, tokens) {
      known.set(accountNo, tokens)
      // Without a working key store the session still runs until the program ends.
      await secrets
        .set(secretName(accountNo), JSON.stringify(tokens))
        .catch((cause: unknown) => log.error('secret not stored', { cause: String(cause) }))
    },
    async forget(accountNo) {
      known.delete(accountNo)
      await secrets.delete(secretName(accountNo)).catch((cause: unknown) => log.error('secret not deleted', { cause: String(cause) }))
    },
    setCurrent(accountNo) {
      currentAccountNo = accountNo
    },
    current: () => currentAccountNo,
  }
}

function parsedTokens(text: string): Tokens | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return validator.Check(value) ? (value as Tokens) : undefined
  } catch {
    return undefined
  }
}
