import { useSyncExternalStore } from 'react'

/**
 * A session's token, shared by the tabs of a browser: who enters or leaves in one has done so in all. Kept in
 * `sessionStorage` it is one tab's own, and forgotten with it.
 */
export class Session {
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly key: string,
    private readonly storage: Storage = localStorage,
  ) {
    window.addEventListener('storage', (event) => {
      if (event.key === key) this.tell()
    })
  }

  get token(): string | null {
    return this.storage.getItem(this.key)
  }

  begin(token: string): void {
    this.storage.setItem(this.key, token)
    this.tell()
  }

  /** Forget the token; with one named, only if no other has come in its place. */
  end(token?: string | null): void {
    if (token && token !== this.token) return
    this.storage.removeItem(this.key)
    this.tell()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener())
  }
}

/** The token as it is now, in this tab or another. */
export function useToken(session: Session): string | null {
  return useSyncExternalStore(session.subscribe, () => session.token)
}
