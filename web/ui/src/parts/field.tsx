import { useId, type InputHTMLAttributes } from 'react'

type Field = Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & {
  label: string
  hint?: string
  /** What is wrong with what was typed, and how it would be right. */
  error?: string | undefined
}

/** A labelled input; hint and error are read out with it. */
export function Field({ label, hint, error, ...input }: Field) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-describedby={`${id}-told`} aria-invalid={error ? true : undefined} {...input} />
      <div id={`${id}-told`} className="field-told" data-tone={error ? 'bad' : undefined} role={error ? 'alert' : undefined}>
        {error ? `! ${error}` : hint}
      </div>
    </div>
  )
}
