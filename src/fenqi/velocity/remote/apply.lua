-- Applies entries of the log to the groups of one shard, each once: a group knows the last place it has heard of.
-- KEYS[1]: the shard's mark. ARGV[1]: where the writer last left the shard, where it leaves it now and with which state
-- of the log, the entries, before when a group is forgotten, and the names that a group's keys may end in. Answers 0 if
-- the shard stands behind where the writer left it, 2 if as many idle groups were forgotten as are at once, else 1.
local AT_ONCE = 50 -- idle groups
local mark = KEYS[1]
local left_at, leave_at, state, entries, forget_before, endings = unpack(cmsgpack.unpack(ARGV[1]))
local found = tonumber(redis.call('HGET', mark, 'position')) or 0
if found < left_at then
    return 0
end
for _, entry in ipairs(entries) do
    local position, at, trim_before, group, set, unset, met, count = unpack(entry)
    local key = mark .. group
    local heard = redis.call('HGET', key, 'p')
    if not heard or tonumber(heard) < position then
        redis.call('HSET', key, 'p', position, unpack(set))
        if #unset > 0 then
            redis.call('HDEL', key, unpack(unset))
        end
        for place = 1, #met, 2 do
            redis.call('ZADD', key .. met[place], at, met[place + 1])
        end
        if count then
            local kind, amount = count[1], count[2]
            local number = redis.call('HINCRBY', key, kind .. 'n', 1)
            local total = redis.call('HINCRBY', key, kind .. 't', amount)
            redis.call('ZADD', key .. kind, at, string.format('%.0f:%.0f', number - 1, total - amount))
        end
        redis.call('ZADD', mark .. 'idle', at, group)
        if redis.call('HINCRBY', key, 'c', 1) % 32 == 0 then
            for place = 1, #met, 2 do
                redis.call('ZREMRANGEBYSCORE', key .. met[place], '-inf', string.format('(%.0f', trim_before))
            end
            if count then
                redis.call('ZREMRANGEBYSCORE', key .. count[1], '-inf', string.format('(%.0f', trim_before))
            end
        end
    end
end
if leave_at > found then
    redis.call('HSET', mark, 'position', leave_at, 'state', state)
end
local answer = 1
if forget_before then
    local idle = redis.call('ZRANGE', mark .. 'idle', '-inf', string.format('(%.0f', forget_before), 'BYSCORE', 'LIMIT', 0, AT_ONCE)
    if #idle == AT_ONCE then
        answer = 2
    end
    for _, group in ipairs(idle) do
        for _, ending in ipairs(endings) do
            redis.call('UNLINK', mark .. group .. ending)
        end
        redis.call('ZREM', mark .. 'idle', group)
    end
end
return answer
