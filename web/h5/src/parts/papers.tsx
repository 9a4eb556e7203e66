import { RefusalNotice, useText, type Shape } from '@fenqi/ui'
import { useId } from 'react'
import { hardship } from '../texts/hardship'

type Adding = { mutate: (paper: Shape['NewPaper']) => void; isPending: boolean; isError: boolean; error: unknown }

const BYTES_MAX = 700_000
const SIDE_MAX = 1600
const TYPES = ['application/pdf', 'image/png', 'image/jpeg']

/** The papers handed in, and a way to hand in another. */
export function Papers({ papers, adding, help }: { papers: Shape['PaperLineShape'][]; adding: Adding; help?: string }) {
  const text = useText(hardship)
  const field = useId()
  const hand = async (file: File | undefined) => {
    if (file) adding.mutate(await paperOf(file))
  }
  return (
    <section className="stack">
      <h3>{text('papers')}</h3>
      <p className="soft">{help ?? text('papersHelp')}</p>
      {papers.length === 0 ? (
        <p>{text('noPapers')}</p>
      ) : (
        <ul>
          {papers.map((each) => (
            <li key={each.paper_id}>✓ {each.name}</li>
          ))}
        </ul>
      )}
      <div className="field">
        <label htmlFor={field}>{text('addPaper')}</label>
        <input
          id={field}
          type="file"
          accept={TYPES.join(',')}
          disabled={adding.isPending}
          onChange={(event) => {
            void hand(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
      {adding.isError && <RefusalNotice error={adding.error} />}
    </section>
  )
}

async function paperOf(file: File): Promise<Shape['NewPaper']> {
  const isLarge = file.size > BYTES_MAX && file.type.startsWith('image/')
  const kept: Blob = isLarge ? await smaller(file) : file
  return { name: file.name.slice(-120), media_type: kept.type, content_base64: await base64Of(kept) }
}

/** A picture with no side above the most that a reader needs. */
async function smaller(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), 'image/jpeg', 0.8))
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
