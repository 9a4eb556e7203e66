import type { components } from './schema'

export type Refusal = components['schemas']['RefusalShape']

/** The service said no: a code that never changes, what is wrong, and what would be possible. */
export class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly status: number,
  ) {
    super(refusal.what)
    this.name = 'Refused'
  }
}

/** Nobody answered, or something that is no answer of ours: whether anything happened is not known. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'Unreachable'
  }
}

/** What a body that is not a success says; anything without a refusal in it is no answer of ours. */
export function refusedBy(body: unknown, status: number): Error {
  const refusal = (body as { refusal?: Refusal } | undefined)?.refusal
  return refusal ? new Refused(refusal, status) : new Unreachable()
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Refused && codes.includes(error.refusal.code)
}
