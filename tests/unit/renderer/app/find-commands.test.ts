import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../src-renderer/app/commands/command'
import { findCommands, shownLimit } from '../../../../src-renderer/app/commands/find-commands'
import { indexText } from '../../../../src-renderer/ui/pinyin-match'

function command(title: string, rank: 0 | 1, code?: string): Command {
  return {
    id: `${title}/${code ?? ''}`,
    title,
    group: rank === 0 ? '动作' : '小类',
    icon: 'tag',
    reason: null,
    rank,
    index: indexText({ text: title, ...(code !== undefined && { code }) }),
    run() {},
  }
}

const commands = [
  command('首页', 0),
  command('锁定坐席', 0),
  command('签出', 0),
  command('暴露垃圾', 1, '06001'),
  command('垃圾箱', 1, '01008'),
  command('非装饰性树挂', 1, '06003'),
  command('锁定', 1, '09001'),
]

const titles = (query: string) => findCommands(query, commands).map((hit) => hit.command.title)

describe('the command line', () => {
  it('shows the actions, and only them, before anything is typed', () => {
    expect(titles('')).toEqual(['首页', '锁定坐席', '签出'])
  })

  it('finds by initials, full pinyin, characters and code', () => {
    expect(titles('bllj')).toEqual(['暴露垃圾'])
    expect(titles('baoluoblu')).toEqual([])
    expect(titles('baolulaji')).toEqual(['暴露垃圾'])
    expect(titles('箱')).toEqual(['垃圾箱'])
    expect(titles('06')).toEqual(['暴露垃圾', '非装饰性树挂'])
    expect(titles('zzz')).toEqual([])
  })

  it('puts an earlier hit before a later one, and an action before an entry that fits as well', () => {
    expect(titles('垃圾')).toEqual(['垃圾箱', '暴露垃圾'])
    expect(titles('锁定')).toEqual(['锁定坐席', '锁定'])
  })

  it('marks the characters that were hit', () => {
    expect(findCommands('lj', [command('暴露垃圾', 1)])[0]?.positions).toEqual([2, 3])
  })

  it('never shows more than its limit', () => {
    const many = Array.from({ length: 100 }, (_, at) => command('垃圾箱', 1, `0${at}`))
    expect(findCommands('ljx', many)).toHaveLength(shownLimit)
  })
})
