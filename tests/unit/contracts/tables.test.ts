/** The contract tables: what servers, clients, OpenAPI and the preload derive from them only holds when every row keeps these rules. */
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { RouteSpec } from '#shared/contracts/central-api/route'
import { centralApi, routeNames } from '#shared/contracts/central-api/table'
import { isErrorCode } from '#shared/contracts/errors'
import type { CommandSpec } from '#shared/contracts/seat-api/command'
import { commands } from '#shared/contracts/seat-api/commands'
import { commandNames, topicNames } from '#shared/contracts/seat-api/table'
import { topics } from '#shared/contracts/seat-api/topics'
import { serverEventNames } from '#shared/contracts/server-events/table'
import { roleIds } from '#shared/domain/account/role'

const routes = routeNames.map((name) => ({ name: name as string, spec: centralApi[name] as RouteSpec }))
const commandRows = commandNames.map((name) => ({ name: name as string, spec: commands[name] as CommandSpec }))
const summaries = [
  ...routes.map(({ spec }) => spec.summary),
  ...commandRows.map(({ spec }) => spec.summary),
  ...topicNames.map((name) => topics[name].summary),
]
const namesOf = (rows: readonly { readonly name: string }[]): readonly string[] => rows.map(({ name }) => name)
const repeated = (texts: readonly string[]): readonly string[] => texts.filter((text, index) => texts.indexOf(text) !== index)

describe('names', () => {
  // Exchange has a noun for each partner system: exchange.cityPlatform.receive.
  const nounVerb = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*){1,2}$/

  it('of routes and commands are noun.verb', () => {
    expect([...routeNames, ...commandNames].filter((name) => !nounVerb.test(name))).toEqual([])
  })

  it('of topics and server events are noun.pastTense', () => {
    const pastTense = /(ed|hidden|reset)$/
    expect([...topicNames, ...serverEventNames].filter((name) => !nounVerb.test(name) || !pastTense.test(name))).toEqual([])
  })

  it('are said in Chinese in every summary, with full-width punctuation', () => {
    expect(
      summaries.filter((summary) => !/[\u4e00-\u9fff]/.test(summary) || /[\u4e00-\u9fff）][,;:()]|[,;:()][\u4e00-\u9fff]/.test(summary)),
    ).toEqual([])
  })
})

describe('errors', () => {
  it('named by a route or a command are in the catalogue, each once', () => {
    const rows = [...routes, ...commandRows].map(({ name, spec }) => ({ name, errors: spec.errors as readonly string[] }))
    expect(rows.filter(({ errors }) => errors.some((code) => !isErrorCode(code)) || repeated(errors).length > 0)).toEqual([])
  })
})

describe('central routes', () => {
  it('have one place each', () => {
    expect(repeated(routes.map(({ spec }) => `${spec.method} ${spec.path.replace(/\{\w+\}/g, '{}')}`))).toEqual([])
  })

  it('declare exactly the parameters of their path', () => {
    const inPath = (path: string): readonly string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
    const declared = ({ params }: RouteSpec): readonly string[] =>
      Object.keys((params as { properties?: object } | undefined)?.properties ?? {})
    expect(namesOf(routes.filter(({ spec }) => inPath(spec.path).toSorted().join() !== declared(spec).toSorted().join()))).toEqual([])
  })

  it('have a body only where the method carries one, and refuse fields that they do not know', () => {
    const isClosed = (schema: unknown): boolean => (schema as { additionalProperties?: unknown }).additionalProperties === false
    expect(namesOf(routes.filter(({ spec }) => spec.body && ['GET', 'DELETE'].includes(spec.method)))).toEqual([])
    expect(namesOf(routes.filter(({ spec }) => (spec.body && !isClosed(spec.body)) || (spec.query && !isClosed(spec.query))))).toEqual([])
  })

  it('ask for a version exactly when they can answer that it is stale, and always when they change part of a record', () => {
    const isVersioned = ({ versioned }: RouteSpec): boolean => versioned === true
    // A document of reference data is known by its hash, an article by a version that may be none yet: both stand in the body.
    expect(namesOf(routes.filter(({ spec }) => isVersioned(spec) !== spec.errors.includes('record/stale')))).toEqual([
      'reference.save',
      'knowledge.save',
      'knowledge.remove',
      'quality.saveForm',
      'geo.save',
      'baseMaps.save',
    ])
    expect(namesOf(routes.filter(({ spec }) => spec.method === 'PATCH' && !isVersioned(spec)))).toEqual([])
  })

  it('that create answer 201 and are done once per key, sign-in and partners (by their own number) apart', () => {
    const created = routes.filter(
      ({ name, spec }) => spec.status === 201 && !['sessions.open', 'exchange.cityPlatform.receive'].includes(name),
    )
    expect(namesOf(created.filter(({ spec }) => !(spec.idempotent && spec.method === 'POST')))).toEqual([])
  })

  it('open to nobody in particular are these and no others', () => {
    expect(namesOf(routes.filter(({ spec }) => spec.roles === 'public')).toSorted()).toEqual([
      'centre.get',
      'health.get',
      'sessions.open',
      'sessions.refresh',
    ])
  })

  it('name posts that exist, or everybody', () => {
    expect(
      namesOf(
        routes.filter(
          ({ spec }) => typeof spec.roles !== 'string' && (spec.roles.length === 0 || spec.roles.some((role) => !roleIds.includes(role))),
        ),
      ),
    ).toEqual([])
  })
})

describe('seat commands', () => {
  it('refuse payloads with fields that they do not know', () => {
    expect(
      namesOf(commandRows.filter(({ spec }) => (spec.input as { additionalProperties?: unknown }).additionalProperties !== false)),
    ).toEqual([])
  })

  it('that need the centre say so among their errors', () => {
    expect(namesOf(commandRows.filter(({ spec }) => spec.effect === 'live' && !spec.errors.includes('central/offline')))).toEqual([])
  })

  it('that act on the line are answered as such when this seat has none', () => {
    const needNoLine = ['telephone.pauseRecording', 'telephone.resumeRecording']
    const rows = commandRows.filter(({ spec }) => spec.effect === 'line' && !spec.errors.includes('phone/notConfigured'))
    expect(namesOf(rows)).toEqual(needNoLine)
  })

  it('open at the sign-in screen are these and no others', () => {
    expect(namesOf(commandRows.filter(({ spec }) => spec.allowed === 'always')).toSorted()).toEqual([
      'app.describe',
      'app.reportFault',
      'connection.retry',
      'notices.dismiss',
      'session.signIn',
      'session.touch',
      'settings.setTheme',
      // The speech path is proved before anybody signs in, and a locked seat's call goes on.
      'sound.connect',
      'sound.report',
      'telephone.saveSettings',
      'topics.snapshot',
    ])
  })
})

describe('schemas', () => {
  it('can all be compiled into a check that refuses rubbish', () => {
    const bodies = [...routes.flatMap(({ spec }) => (spec.body ? [spec.body] : [])), ...commandRows.map(({ spec }) => spec.input)]
    expect(bodies.filter((schema) => Value.Check(schema, 'rubbish') || Value.Check(schema, null))).toEqual([])
  })
})
