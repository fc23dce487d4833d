import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mediaTypes } from '#shared/contracts/central-api/attachments'
import { citizenPictures } from '#shared/contracts/central-api/citizen-links'
import type { RateLimit } from '../exchange-with-others/rate-limit'
import { finishLink, isLinkOpen, receivePicture } from '../workflows/citizen-pictures'
import type { Services } from '../workflows/services'
import { pageOf, script, style } from './citizen-page-files'
import { sendProblem } from './problems'

/**
 * The page behind a one-time link, at `/p/{token}`: tiny, of one form, for the browser of any telephone. It says nothing of the case; a link that is used,
 * expired or made up says the same. Everybody may open it, so callers are counted by their address.
 */
const policy = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "connect-src 'self'"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ')
const token = ':token(^[A-Za-z0-9_-]{22}$)'
const hidden = { schema: { hide: true } } as const

export function registerCitizenPage(
  app: FastifyInstance,
  { services, rate }: { readonly services: Services; readonly rate: RateLimit },
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    const photos = Object.keys(mediaTypes).filter((type) => mediaTypes[type as keyof typeof mediaTypes].kind === 'photo')
    scope.addContentTypeParser(photos, { parseAs: 'buffer', bodyLimit: citizenPictures.mostBytes }, (_request, body, done) =>
      done(null, body),
    )
    scope.addHook('onRequest', async (request, reply) => {
      reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      if (!rate.isAllowed(request.ip)) return reply.code(429).type('text/plain; charset=utf-8').send('请过一会儿再试。')
    })
    scope.get('/p/page.js', hidden, (_, reply) => reply.type('text/javascript; charset=utf-8').send(script))
    scope.get('/p/page.css', hidden, (_, reply) => reply.type('text/css; charset=utf-8').send(style))
    scope.get(`/p/${token}`, hidden, async (request, reply) => {
      const isOpen = await isLinkOpen(services, tokenOf(request))
      return reply
        .code(isOpen ? 200 : 410)
        .type('text/html; charset=utf-8')
        .send(pageOf(isOpen, services.centre.name))
    })
    scope.post(`/p/${token}/pictures`, { ...hidden, bodyLimit: citizenPictures.mostBytes }, async (request, reply) => {
      const mediaType = String(request.headers['content-type'] ?? '').split(';')[0] ?? ''
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      return answer(reply, await receivePicture(services, tokenOf(request), { mediaType, bytes }))
    })
    scope.post(`/p/${token}/done`, hidden, async (request, reply) => answer(reply, await finishLink(services, tokenOf(request))))
  })
}

const tokenOf = (request: FastifyRequest): string => (request.params as { token: string }).token

async function answer(reply: FastifyReply, result: Awaited<ReturnType<typeof receivePicture | typeof finishLink>>): Promise<FastifyReply> {
  if (result.ok) return reply.send(result.value ?? {})
  await sendProblem(reply, result.error)
  return reply
}
