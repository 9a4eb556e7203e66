import { useEffect } from 'react'

/** Presses a button when Alt and a letter are pressed together; the button says so in its own words. */
export function useShortcut(letter: string, press: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== `Key${letter}`) return
      event.preventDefault()
      press()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [letter, press])
}
