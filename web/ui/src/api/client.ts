import createClient, { type Client } from 'openapi-fetch'
import { refusedBy, Unreachable } from './refused'
import type { components, paths } from './schema'
import type { Session } from './session'

export type Shape = components['schemas']
export type Api = Client<paths>

const NO_LONGER_GOOD = new Set(['session_unknown', 'staff_session_unknown', 'api_key_invalid'])

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The API as one kind of caller sees it; a token that is no longer good is forgotten. */
export function apiFor(session?: Session): Api {
  const api = createClient<paths>({
    baseUrl: window.location.origin,
    headers: { accept: 'application/json' },
    fetch: (request) => fetch(request),
  })
  if (!session) return api
  api.use({
    onRequest({ request }) {
      if (session.token) request.headers.set('authorization', `Bearer ${session.token}`)
      return request
    },
    onResponse({ request, response }) {
      const sent = request.headers.get('authorization')
      if (response.status === 401 && sent) void endIfUnknown(session, sent.slice('Bearer '.length), response.clone())
      return response
    },
  })
  return api
}

/** The data of an answer. Throws `Refused` with the service's own words, or `Unreachable`. */
export async function ask<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked.catch(() => {
    throw new Unreachable()
  })
  if (!answer.response.ok) throw refusedBy(answer.error, answer.response.status)
  return answer.data as T
}

async function endIfUnknown(session: Session, token: string, response: Response): Promise<void> {
  const body: unknown = await response.json().catch(() => undefined)
  const code = (body as { refusal?: { code?: string } } | undefined)?.refusal?.code
  if (code && NO_LONGER_GOOD.has(code)) session.end(token)
}
