import { describe, expect, it } from 'vitest'
import { draftFromBody, draftToBody } from '../../../../src-renderer/features/handover/draft-body'

describe('a kept duty log draft', () => {
  it('comes back as it was typed', () => {
    const draft = { kind: 'equipment', text: '大屏第 11 格\n通道满', links: [{ to: 'seat', id: '02', label: '坐席 02' }] } as const
    expect(draftFromBody(draftToBody(draft))).toEqual(draft)
  })

  it.each([
    ['nothing kept', null, ''],
    ['bare words, as a withdrawn record gives them', '早市占道劝离', '早市占道劝离'],
    ['words that happen to be JSON', '12319', '12319'],
    ['links that point at nothing known', '{"kind":"event","text":"雨","links":[{"to":"moon","id":"1","label":"月"},7]}', '雨'],
    ['a kind that no longer exists', '{"kind":"weather","text":"雨"}', '雨'],
  ])('never loses words: %s', (_, body, text) => {
    expect(draftFromBody(body)).toEqual({ kind: 'event', text, links: [] })
  })
})
