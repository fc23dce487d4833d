import type { Log } from '#shared/base/log'
import type { MediaJournal, StreamState } from '../../telephony/media/media'
import type { Store } from '../ports'

/** Keeps what a stream of speech needs to go on in the next process, beside its call. Written each second: a kill must not lose it, a power cut may. */
export function createStreamJournal(store: Pick<Store, 'calls' | 'transaction'>, log: Log): MediaJournal {
  const { live } = store.calls
  const kept = (work: () => void): void => {
    const written = store.transaction(work, 'processDeath')
    if (!written.ok) log.warn('stream not kept for a restart', { code: written.error.code })
  }
  return {
    read: (callId) => (live.get(callId, 'stream') as StreamState | undefined) ?? null,
    write: (callId, state) => kept(() => live.put(callId, 'stream', state)),
    remove: (callId) => kept(() => live.clear(callId, 'stream')),
  }
}
