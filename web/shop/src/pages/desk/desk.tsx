import { useText, useToken } from '@fenqi/ui'
import { useQueryClient } from '@tanstack/react-query'
import { NavLink, Outlet } from 'react-router'
import { key } from '../../api'
import { desk } from '../../texts/desk'
import { EnterKey } from './enter_key'

/** The merchant's desk: behind the API key, everything by the public API. */
export function DeskPage() {
  const text = useText(desk)
  const token = useToken(key)
  const queries = useQueryClient()
  if (!token) return <EnterKey />
  const leave = () => {
    key.end()
    queries.removeQueries({ queryKey: ['desk'] })
  }
  return (
    <>
      <title>{text('desk')}</title>
      <div className="desk-head">
        <nav aria-label={text('sections')}>
          <NavLink to="/desk" end>
            {text('orders')}
          </NavLink>
          <NavLink to="/desk/settlements">{text('settlements')}</NavLink>
          <NavLink to="/desk/events">{text('events')}</NavLink>
        </nav>
        <button type="button" className="button" data-look="plain" onClick={leave}>
          {text('leave')}
        </button>
      </div>
      <Outlet />
    </>
  )
}
