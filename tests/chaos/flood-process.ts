/**
 * Sends broken messages to a telephone, from a process of its own: who measures speech beside it must not be held up by it. Started by flooded-seat.ts with port,
 * transport, how many, seed and pace as its arguments.
 */
import { floodTcp, floodUdp, mutations } from './flood'

const [port = '', transport = 'UDP', count = '', seed = '', batch = '', everyMs = ''] = process.argv.slice(2)
const flood = transport === 'TCP' ? floodTcp : floodUdp
await flood(Number(port), mutations(Number(count), Number(seed)), { batch: Number(batch), everyMs: Number(everyMs) })
