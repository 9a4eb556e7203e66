import { ask, Asked, useText } from '@fenqi/ui'
import { useQuery } from '@tanstack/react-query'
import { Card, Tag } from 'antd'
import { api } from '../../session'
import { texts } from '../../texts'

/** Who is here. */
export function MePage() {
  const text = useText(texts)
  const me = useQuery({ queryKey: ['me'], queryFn: () => ask(api.GET('/staff/me')) })
  return (
    <Asked query={me} isEmpty={(found) => found.roles.length === 0} empty={text('noRoles')}>
      {(found) => (
        <Card title={found.login}>
          {text('roles')}: {found.roles.map((role) => <Tag key={role}>{role}</Tag>)}
        </Card>
      )}
    </Asked>
  )
}
