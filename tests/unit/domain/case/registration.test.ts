import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roleIds } from '#shared/domain/account/role'
import { describeElements, elementsOf, isCitizenDue, localReference, sourcesOf } from '#shared/domain/case/registration'
import { registrars } from '#shared/domain/case/transitions'

describe('sources of a registration', () => {
  it('offers sources to registrars alone, the usual ones of the post first, and a collector only their own', () => {
    for (const role of roleIds) expect(sourcesOf(role).length > 0, role).toBe(registrars.includes(role))
    expect(sourcesOf('intake')[0]).toBe('hotline')
    expect(sourcesOf('opinionMonitor')[0]).toBe('cityPlatform')
    expect(sourcesOf('wallOperator')[0]).toBe('camera')
    expect(sourcesOf('collector')).toEqual(['collector'])
  })

  it('names each source once', () => {
    for (const role of roleIds) expect(new Set(sourcesOf(role)).size).toBe(sourcesOf(role).length)
  })
})

describe('the citizen of a registration', () => {
  const nobody = { hasCitizen: false, wantsReply: false, mayNotBeCalled: false }
  it('needs a number on the hotline and whenever somebody is to be told, unless they asked not to be called', () => {
    expect(isCitizenDue({ ...nobody, source: 'hotline' })).toBe(true)
    expect(isCitizenDue({ ...nobody, source: 'hotline', mayNotBeCalled: true })).toBe(false)
    expect(isCitizenDue({ ...nobody, source: 'media' })).toBe(false)
    expect(isCitizenDue({ ...nobody, source: 'media', wantsReply: true })).toBe(true)
  })
})

describe('the five elements', () => {
  it('stand in one description, and the course alone is all of it', () => {
    expect(describeElements({ when: '今天 12:00', cause: '被重车压裂', course: '井盖塌了一半' })).toBe(
      '发生时间：今天 12:00\n起因：被重车压裂\n井盖塌了一半',
    )
    expect(describeElements({ when: ' ', cause: '', course: '井盖塌了一半' })).toBe('井盖塌了一半')
  })

  it('come back from the description as they were written', () => {
    const words = fc.stringMatching(/^[^\s：]{0,12}$/)
    fc.assert(
      fc.property(words, words, words, (when, cause, course) => {
        expect(elementsOf(describeElements({ when, cause, course }))).toEqual({ when, cause, course })
      }),
    )
  })
})

it('calls a case by the end of its id until it has a number', () => {
  expect(localReference('0190c0de-0000-7000-8000-00000a1b2c3d')).toBe('暂编 1B2C3D')
})
