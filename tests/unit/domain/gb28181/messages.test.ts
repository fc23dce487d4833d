import { describe, expect, it } from 'vitest'
import { isComplete, isOverdue, mergeCatalog, newCatalog, withPiece } from '#shared/domain/gb28181/catalog'
import { domainOfCode, isCameraCode, isGbCode, readGbCode } from '#shared/domain/gb28181/codes'
import { freeSsrc, readLiveAnswer, writeLiveOffer, writeSubject } from '#shared/domain/gb28181/invite'
import { type CatalogItem, readDeviceMessage, writePtz, writeQuery } from '#shared/domain/gb28181/manscdp'

const device = '34020000001180000001'
const channel = (serial: number) => `340200000013200000${String(serial).padStart(2, '0')}`

describe('codes of twenty digits', () => {
  it('are taken apart, and nothing else is one', () => {
    expect(readGbCode(channel(7))).toEqual({ place: '34020000', kind: 132, serial: '000007' })
    expect(['3402000000132000000', `${device}0`, '3402000000118000000x', '', ' 34020000001180000001'].map(isGbCode)).not.toContain(true)
    expect([channel(1), '34020000001310000001', device, '34020000002160000001'].map(isCameraCode)).toEqual([true, true, false, false])
    expect(domainOfCode('34020000002000000001')).toBe('3402000000')
  })
})

const answer = (inner: string, root = 'Response', command = 'Catalog') =>
  `<?xml version="1.0" encoding="GB2312"?>\r\n<${root}>\r\n<CmdType>${command}</CmdType><SN>17</SN><DeviceID>${device}</DeviceID>${inner}</${root}>`

describe('messages of devices', () => {
  it('say that the device is there', () => {
    expect(readDeviceMessage(answer('<Status>OK</Status>', 'Notify', 'Keepalive'))).toEqual({
      kind: 'keepAlive',
      deviceId: device,
      isWell: true,
    })
    expect(readDeviceMessage(answer('<Status>ERROR</Status>', 'Notify', 'Keepalive'))).toMatchObject({ isWell: false })
  })

  it('list channels, with or without a place, a name, a parent and a kind', () => {
    const items = [
      `<Item><DeviceID>${channel(1)}</DeviceID><Name> 解放路口\u0007 </Name><Manufacturer>某厂</Manufacturer><ParentID>${device}/34020000002160000001</ParentID><Status>ON</Status><Longitude>117.25</Longitude><Latitude>31.5</Latitude><Info><PTZType>1</PTZType></Info></Item>`,
      `<Item><DeviceID>${channel(2)}</DeviceID><Name/><Status>OFF</Status><Longitude>0</Longitude><Latitude>0</Latitude><PTZType>3</PTZType></Item>`,
      '<Item><DeviceID>not a code</DeviceID><Name>x</Name></Item>',
    ]
    const read = readDeviceMessage(answer(`<SumNum>3</SumNum><DeviceList Num="3">${items.join('')}</DeviceList>`))
    expect(read).toEqual({
      ...{ kind: 'catalog', deviceId: device, sn: 17 },
      piece: {
        total: 3,
        items: [
          {
            ...{ channelId: channel(1), name: '解放路口', manufacturer: '某厂', parentId: '34020000002160000001' },
            ...{ isOn: true, position: [117.25, 31.5], canTurn: true },
          },
          { channelId: channel(2), name: channel(2), manufacturer: null, parentId: null, isOn: false, position: null, canTurn: false },
        ],
      },
    })
  })

  it('tell what they are, how they are, and whether they obeyed', () => {
    expect(readDeviceMessage(answer('<DeviceName>录像机</DeviceName><Model>N8</Model>', 'Response', 'DeviceInfo'))).toMatchObject({
      kind: 'deviceInfo',
      info: { name: '录像机', manufacturer: null, model: 'N8', firmware: null },
    })
    expect(readDeviceMessage(answer('<Online>ONLINE</Online><Status>OK</Status>', 'Response', 'DeviceStatus'))).toMatchObject({
      status: { isOnline: true, isWell: true },
    })
    expect(readDeviceMessage(answer('<Result>ERROR</Result>', 'Response', 'DeviceControl'))).toMatchObject({ isDone: false })
    expect(readDeviceMessage(answer('<NotifyType>121</NotifyType>', 'Notify', 'MediaStatus'))).toMatchObject({ isAtEnd: true })
  })

  it.each([
    '',
    'hello',
    '<Response/>',
    `<Response><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>12</DeviceID></Response>`,
    `<!DOCTYPE x [<!ENTITY a "b">]>${answer('')}`,
  ])('are nothing when they are %j', (text) => {
    expect(readDeviceMessage(text)).toBeUndefined()
  })

  it.each(['-1', '1e9', 'x', '20001', ''])('with %j channels are not believed', (total) => {
    expect(readDeviceMessage(answer(`<SumNum>${total}</SumNum>`))?.kind).toBe(total === '' ? 'catalog' : 'other')
  })

  it('are asked for and steered in ASCII', () => {
    expect(writeQuery('Catalog', 17, device)).toBe(
      `<?xml version="1.0" encoding="GB2312"?>\r\n<Query>\r\n<CmdType>Catalog</CmdType>\r\n<SN>17</SN>\r\n<DeviceID>${device}</DeviceID>\r\n</Query>\r\n`,
    )
    expect(writePtz(3, channel(1), 'A50F010800640021', 5)).toContain(
      '<PTZCmd>A50F010800640021</PTZCmd><Info><ControlPriority>5</ControlPriority></Info>',
    )
  })
})

describe('a catalogue in pieces', () => {
  const item = (serial: number, name = `n${serial}`): CatalogItem => ({
    ...{ channelId: channel(serial), name, parentId: null, manufacturer: null, isOn: true, position: null, canTurn: null },
  })
  const piece = (total: number, ...serials: number[]) => ({ total, items: serials.map((serial) => item(serial)) })

  it('is whole when every channel was named, however often and in whatever order', () => {
    let draft = newCatalog(5, 1_000)
    expect(isComplete(draft)).toBe(false)
    draft = withPiece(draft, 5, piece(3, 2), 1_100)
    draft = withPiece(draft, 5, piece(3, 2), 1_200)
    draft = withPiece(draft, 4, piece(3, 1), 1_300)
    expect([isComplete(draft), draft.items.size, draft.heardAt]).toEqual([false, 1, 1_200])
    draft = withPiece(draft, 5, piece(3, 3, 1), 1_400)
    expect(isComplete(draft)).toBe(true)
    expect(isComplete(withPiece(newCatalog(1, 0), 1, piece(0), 1))).toBe(true)
  })

  it('that lacks pieces takes nothing away', () => {
    const known = new Map([item(1, 'old'), item(9)].map((one) => [one.channelId, one]))
    const partial = withPiece(newCatalog(5, 0), 5, piece(3, 1, 2), 1)
    expect([...mergeCatalog(known, partial).values()].map(({ name }) => name)).toEqual(['n1', 'n9', 'n2'])
    const whole = withPiece(partial, 5, piece(3, 3), 2)
    expect([...mergeCatalog(known, whole).keys()]).toEqual([channel(1), channel(2), channel(3)])
    expect([isOverdue(partial, 10_000), isOverdue(partial, 10_001)]).toEqual([false, true])
  })
})

describe('a live picture', () => {
  it('is described for UDP and for TCP', () => {
    const offer = { channelId: channel(1), address: '10.1.2.3', port: 30_000, ssrc: '0200000001', quality: 'main' } as const
    expect(writeLiveOffer({ ...offer, transport: 'udp' }).split('\r\n')).toEqual([
      ...[
        'v=0',
        `o=${channel(1)} 0 0 IN IP4 10.1.2.3`,
        's=Play',
        'c=IN IP4 10.1.2.3',
        't=0 0',
        'm=video 30000 RTP/AVP 96 98',
        'a=recvonly',
      ],
      ...['a=rtpmap:96 PS/90000', 'a=rtpmap:98 H264/90000', 'a=streamnumber:0', 'y=0200000001', 'f=v/2////a///', ''],
    ])
    expect(writeLiveOffer({ ...offer, transport: 'tcp', quality: 'sub' })).toMatch(
      /m=video 30000 TCP\/RTP\/AVP 96 98[\s\S]*a=setup:passive\r\na=connection:new\r\na=streamnumber:1/,
    )
    expect(writeSubject(channel(1), '0200000001', '34020000002000000001')).toBe(`${channel(1)}:0200000001,34020000002000000001:0`)
  })

  it('is answered, or refused inside an answer', () => {
    expect(readLiveAnswer('v=0\r\nm=video 6000 RTP/AVP 96\r\ny=100000001\r\n')).toEqual({ ok: true, value: { ssrc: '0100000001' } })
    expect(readLiveAnswer('v=0\nm=video 6000 RTP/AVP 96\n')).toEqual({ ok: true, value: { ssrc: null } })
    expect(readLiveAnswer('v=0\r\nm=video 0 RTP/AVP 96\r\n')).toMatchObject({ ok: false })
    expect(readLiveAnswer('rubbish')).toMatchObject({ ok: false })
  })

  it('has an SSRC that no other has', () => {
    // The standard's own example: of 13010000002000000001 the digits 10000.
    expect(freeSsrc('13010000002000000001', 1, () => false)).toBe('0100000001')
    const taken = new Set(['0200009999', '0200000000'])
    expect(freeSsrc('34020000002000000001', 9_999, (ssrc) => taken.has(ssrc))).toBe('0200000001')
    expect(freeSsrc('34020000002000000001', 0, () => true)).toBeNull()
  })
})
