import { useLayoutEffect } from 'react'
import { useLocation, useNavigationType } from 'react-router'

/** A page that one goes to begins at its top; on the way back the browser knows where one was. */
export function ScrollTop() {
  const { pathname } = useLocation()
  const how = useNavigationType()
  useLayoutEffect(() => {
    if (how === 'PUSH') window.scrollTo(0, 0)
  }, [pathname, how])
  return null
}
