import { expect, it } from 'vitest'
import { createPartner } from '#server/exchange-with-others/partners'
import type { RouteSpec } from '#shared/contracts/central-api/route'
import { centralApi, type RouteName, routeNames } from '#shared/contracts/central-api/table'
import { type RoleId, roleIds, roles } from '#shared/domain/account/role'
import type { CallAnswer, TestCentral } from '../../fixtures/central'
import { addressOf } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const emptyUuid = '00000000-0000-7000-8000-ffffffffffff'
/** Enough to get past the router; the bodies are wrong on purpose, so that nothing is changed on the walk. */
const params = { accountId: emptyUuid, seatId: emptyUuid, attachmentId: emptyUuid, kind: 'areas', id: 'none' }

/** Signing out comes last, because it ends the walk. */
const walk: readonly RouteName[] = [...routeNames.filter((name) => name !== 'sessions.close'), 'sessions.close']

onEveryDatabase('every role × every route', (start) => {
  it.each([...roleIds])('%s may call what the table says and nothing else', async (role) => {
    const central = await start()
    const origin = await central.listen()
    const token = await central.tokenFor(role)
    for (const name of walk) {
      const answer = await visit(central, origin, name, token)
      if (isAllowed(name, role)) {
        expect([401, 403], `${role} is allowed ${name}`).not.toContain(answer.status)
      } else {
        expect(answer, `${role} is not allowed ${name}`).toMatchObject({
          status: 403,
          body: { code: 'auth/forbidden', title: `您的岗位（${roles[role]}）没有这项权限。`, retryable: false },
        })
      }
    }
  })

  it('asks everybody else to sign in', async () => {
    const central = await start()
    const origin = await central.listen()
    for (const name of walk) {
      const answer = await visit(central, origin, name, undefined)
      if (centralApi[name].roles === 'public') expect(answer.status, name).not.toBe(403)
      else expect(answer, name).toMatchObject({ status: 401, body: { code: 'auth/signInRequired' } })
    }
  })

  it('lets another platform call its own routes and nothing else', async () => {
    const central = await start()
    const origin = await central.listen()
    const created = await createPartner(central.central.services, '市平台', null)
    if (!created.ok) throw new Error(created.error.message)
    for (const name of walk) {
      const { roles: allowed } = centralApi[name] as RouteSpec
      const answer = await visit(central, origin, name, created.value.apiKey)
      if (allowed === 'partner' || allowed === 'public') expect([401, 403], name).not.toContain(answer.status)
      else expect(answer, name).toMatchObject({ status: 401, body: { code: 'auth/tokenExpired' } })
    }
  })

  it('lists for each role the routes that the table gives it', async () => {
    const central = await start()
    const { body } = await central.call('roles.list', { token: await central.tokenFor('presenter') })
    expect(body.items).toEqual(
      roleIds.map((role) => ({ role, name: roles[role], routes: routeNames.filter((name) => isAllowed(name, role)) })),
    )
  })

  it('lets a scraper with the fixed token read the metrics and nothing else', async () => {
    const central = await start()
    const metrics = await central.call('metrics.get', { token: 'scraper-token' })
    expect(metrics).toMatchObject({ status: 200, body: expect.stringContaining('central_request_seconds') })
    expect((await central.call('accounts.list', { token: 'scraper-token' })).body.code).toBe('auth/tokenExpired')
    expect((await central.call('metrics.get', { token: 'another-token' })).body.code).toBe('auth/tokenExpired')
  })
})

function isAllowed(name: RouteName, role: RoleId): boolean {
  const allowed: RouteSpec['roles'] = centralApi[name].roles
  if (typeof allowed === 'string') return allowed !== 'partner'
  return allowed.includes(role)
}

async function visit(central: TestCentral, origin: string, name: RouteName, token: string | undefined): Promise<CallAnswer> {
  if (name === 'events.stream') return visitStream(origin, token)
  const { body } = centralApi[name] as RouteSpec
  return central.call(name, { token, params, key: emptyUuid, version: 1, ...(body && { body: { notInAnySchema: true } }) })
}

/** A stream never ends by itself, so only its beginning is looked at. */
async function visitStream(origin: string, token: string | undefined): Promise<CallAnswer> {
  const cut = new AbortController()
  const answer = await fetch(origin + addressOf('events.stream', {}), {
    signal: cut.signal,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  const body = answer.ok ? undefined : await answer.json()
  cut.abort()
  return { status: answer.status, headers: {}, body }
}
