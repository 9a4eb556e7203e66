import { Asked, useText } from '@fenqi/ui'
import { Tag } from 'antd'
import { Link } from 'react-router'
import { useMe } from '../../parts/me'
import { PageHead } from '../../parts/page_head'
import { PLACES } from '../../places'
import { texts } from '../../texts'
import { Waiting } from './waiting'

type RoleText = 'reviewer' | 'risk' | 'finance' | 'collector' | 'compliance' | 'admin'

/** Who is here, and what they are here for. */
export function MePage() {
  const text = useText(texts)
  const { me, has } = useMe()
  return (
    <Asked query={me} isEmpty={(found) => found.roles.length === 0} empty={text('noRoles')}>
      {(found) => (
        <>
          <PageHead title={text('hello', { login: found.login })}>
            {found.roles.map((role) => (
              <Tag key={role}>{text(role as RoleText)}</Tag>
            ))}
            {found.is_demo && <Tag>{text('demo')}</Tag>}
          </PageHead>
          <Waiting />
          <ul className="tiles">
            {PLACES.filter((place) => has(...place.roles)).map((place) => (
              <li key={place.key}>
                <Link to={place.path}>{text(place.key)}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Asked>
  )
}
