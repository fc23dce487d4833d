import { describe, expect, it } from 'vitest'
import { createWebSocketTransport } from '../../../src-renderer/bridge/websocket-transport'

/** A transport on sockets and timers that the test moves by hand. */
function transportOnFakes() {
  const sockets: FakeSocket[] = []
  const timers: { readonly delayMs: number; readonly action: () => void }[] = []
  const transport = createWebSocketTransport({
    openSocket() {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    after(delayMs, action) {
      timers.push({ delayMs, action })
      return () => undefined
    },
  })
  const statuses: string[] = []
  transport.onStatus((status) => statuses.push(status))
  return { transport, statuses, timers, latest: () => sockets.at(-1) as FakeSocket, sockets }
}

class FakeSocket {
  onopen: WebSocket['onopen'] = null
  onclose: WebSocket['onclose'] = null
  onmessage: WebSocket['onmessage'] = null
  readonly sent: unknown[] = []
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  open(): void {
    this.onopen?.call(this as unknown as WebSocket, new Event('open'))
  }
  close(): void {
    this.onclose?.call(this as unknown as WebSocket, new Event('close') as CloseEvent)
  }
  receive(frame: unknown): void {
    this.onmessage?.call(this as unknown as WebSocket, new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
}

const closed = { ok: false, error: { code: 'seat/closed', retryable: true } }

describe('the WebSocket transport', () => {
  it('matches answers to calls by id, in whatever order they come', async () => {
    const { transport, latest } = transportOnFakes()
    latest().open()
    const answers = Promise.all([transport.invoke('first', { a: 1 }), transport.invoke('second', null)])
    expect(latest().sent).toEqual([
      { id: 1, command: 'first', payload: { a: 1 } },
      { id: 2, command: 'second', payload: null },
    ])
    latest().receive({ id: 2, answer: { ok: true, value: 'two' } })
    latest().receive({ id: 9, answer: { ok: true, value: 'nobody asked' } })
    latest().receive({ id: 1, answer: { ok: true, value: 'one' } })
    expect(await answers).toEqual([
      { ok: true, value: 'one' },
      { ok: true, value: 'two' },
    ])
  })

  it('hands messages to its listeners until they stop', () => {
    const { transport, latest } = transportOnFakes()
    latest().open()
    const heard: number[] = []
    const stop = transport.onMessage(({ revision }) => heard.push(revision))
    latest().receive({ message: { topic: 'notices.changed', revision: 1, state: {} } })
    stop()
    latest().receive({ message: { topic: 'notices.changed', revision: 2, state: {} } })
    expect(heard).toEqual([1])
  })

  it('answers what was under way with a coded error when the socket closes, and never sends it again', async () => {
    const { transport, latest, timers, sockets } = transportOnFakes()
    latest().open()
    const answer = transport.invoke('dutyLog.write', { text: '一' })
    latest().close()
    expect(await answer).toMatchObject(closed)
    expect(await transport.invoke('dutyLog.write', { text: '二' })).toMatchObject(closed)
    timers[0]?.action()
    latest().open()
    expect([sockets.length, latest().sent]).toEqual([2, []])
  })

  it('connects again, sooner at first, and says when the core can be reached', () => {
    const { statuses, timers, latest } = transportOnFakes()
    for (let failure = 0; failure < 8; failure += 1) {
      latest().close()
      timers.at(-1)?.action()
    }
    latest().open()
    latest().close()
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000, 200])
    expect(statuses).toEqual(['closed', 'open', 'closed'])
  })

  it('tells a late listener how things stand', () => {
    const { transport, latest } = transportOnFakes()
    latest().open()
    const heard: string[] = []
    transport.onStatus((status) => heard.push(status))
    expect(heard).toEqual(['open'])
  })
})
