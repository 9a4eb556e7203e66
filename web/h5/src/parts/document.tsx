import { Loading, RefusalNotice, Unreachable, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { session } from '../session'
import { app } from '../texts/app'

export type Kind = 'disclosure' | 'agreement' | 'plan'
type Kept = { text: string; sha256: string | null }

/** A document as it is kept, with the hash of the bytes that arrived here. */
export function useDocument(documentId: string) {
  return useQuery({
    queryKey: ['document', documentId],
    staleTime: Infinity,
    queryFn: () => fetchDocument(documentId),
  })
}

/** A document to be read on the page: without scripts, as long as it is. */
export function Document({ documentId, kind }: { documentId: string; kind: Kind }) {
  const text = useText(app)
  const kept = useDocument(documentId)
  const [height, setHeight] = useState(480)
  const measure = (event: SyntheticEvent<HTMLIFrameElement>) => {
    setHeight((event.currentTarget.contentDocument?.documentElement.scrollHeight ?? height) + 8)
  }
  if (kept.isError) return <RefusalNotice error={kept.error} again={() => void kept.refetch()} />
  if (!kept.data) return <Loading />
  return (
    <iframe
      className="document"
      title={text(`doc_${kind}`)}
      srcDoc={kept.data.text}
      sandbox="allow-same-origin"
      style={{ height }}
      onLoad={measure}
    />
  )
}

/** Hand a document to the browser as a file. */
export async function download(documentId: string, name: string): Promise<void> {
  const { text } = await fetchDocument(documentId)
  const address = URL.createObjectURL(new Blob([text], { type: 'text/html;charset=utf-8' }))
  const link = Object.assign(window.document.createElement('a'), { href: address, download: `${name}.html` })
  link.click()
  URL.revokeObjectURL(address)
}

async function fetchDocument(documentId: string): Promise<Kept> {
  const headers = { authorization: `Bearer ${session.token ?? ''}` }
  const response = await fetch(`/h5/documents/${documentId}`, { headers }).catch(() => {
    throw new Unreachable()
  })
  if (!response.ok) throw new Unreachable()
  const bytes = await response.arrayBuffer()
  return { text: new TextDecoder().decode(bytes), sha256: await sha256Of(bytes) }
}

/** Null where the browser will not hash, because the page did not come over a secure connection. */
async function sha256Of(bytes: ArrayBuffer): Promise<string | null> {
  if (!window.isSecureContext) return null
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
