/** Messages of the Asterisk Manager Interface: lines `Key: value`, an empty line ends one. The first line of a connection is a banner and no message. */
export type AmiMessage = Readonly<Record<string, string>>

/** Longer than any message of the manager; a stream without an end is given up. */
const mostLength = 65_536

export interface AmiReader {
  /** Null: this is no manager, and nothing more can be read from it. */
  feed(bytes: Buffer): readonly AmiMessage[] | null
  /** The manager has said what it is. */
  hasBanner(): boolean
}

export function createAmiReader(): AmiReader {
  let kept: Buffer = Buffer.alloc(0)
  let hasBanner = false
  return {
    hasBanner: () => hasBanner,
    feed: (bytes) => {
      kept = kept.length === 0 ? bytes : Buffer.concat([kept, bytes])
      if (!hasBanner) {
        const end = kept.indexOf('\r\n')
        if (end < 0) return kept.length > 256 ? null : []
        if (!/^Asterisk Call Manager\//.test(kept.toString('utf8', 0, end))) return null
        hasBanner = true
        kept = kept.subarray(end + 2)
      }
      const messages: AmiMessage[] = []
      for (let end = kept.indexOf('\r\n\r\n'); end >= 0; end = kept.indexOf('\r\n\r\n')) {
        messages.push(readAmi(kept.toString('utf8', 0, end)))
        kept = kept.subarray(end + 4)
      }
      return kept.length > mostLength ? null : messages
    },
  }
}

/** Keys in lower case; of one that stands twice the first counts. */
function readAmi(text: string): AmiMessage {
  const message: Record<string, string> = Object.create(null)
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) message[line.slice(0, colon).trim().toLowerCase()] ??= line.slice(colon + 1).trim()
  }
  return message
}

/** A line break in a value would be a field of somebody else's making. */
export function writeAmi(fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value.replace(/[\r\n]+/g, ' ')}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}
