/** The end of an id, which tells neighbours apart; whole to whoever points at it. */
export function ShortId({ id }: { id: string }) {
  return (
    <code title={id} className="short-id">
      {id.slice(0, 4)}…{id.slice(-8)}
    </code>
  )
}
