-- Answers questions about groups of one shard. KEYS[1]: the shard's mark. ARGV[1]: where the asker last left the shard,
-- and the questions. A shard that has lost what was told to it answers false.
local mark = KEYS[1]
local left_at, questions = unpack(cmsgpack.unpack(ARGV[1]))
if (tonumber(redis.call('HGET', mark, 'position')) or 0) < left_at then
    return cmsgpack.pack(false)
end

-- For each window, from the narrowest on, the first attempt in it: its number, and the sum of those before it.
local function firsts(key, last_at, sinces)
    local found = {}
    local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    local oldest_at = tonumber(oldest[2])
    for place, since in ipairs(sinces) do
        if last_at < since then
            found[place] = false
        elseif oldest_at >= since then
            found[place] = oldest[1]
        else
            found[place] = redis.call('ZRANGE', key, since, '+inf', 'BYSCORE', 'LIMIT', 0, 1)[1]
        end
    end
    return found
end

local function counted(key, last_at, asked)
    local found = {}
    for place, one in ipairs(asked) do
        found[place] = last_at < one[2] and 0 or redis.call('ZCOUNT', key .. one[1], one[2], '+inf')
    end
    return found
end

local answer = {}

-- What the features of one kind of entry are worked out from.
answer[1] = function(key, kind, names, sinces, peers, frauds)
    local held = redis.call('HMGET', key, 'p', kind .. 'n', kind .. 't', kind .. 'l', kind .. 'f', unpack(names))
    if not held[1] then
        return false
    end
    local last_at = tonumber(held[4]) or -1
    return {
        held,
        held[2] and firsts(key .. kind, last_at, sinces) or {},
        counted(key, last_at, peers),
        held[5] and counted(key, math.huge, frauds) or {},
    }
end

-- When somebody was met last.
answer[2] = function(key, ending, peer)
    return redis.call('ZSCORE', key .. ending, peer)
end

-- Who was met since, the latest first.
answer[3] = function(key, ending, since, most)
    return redis.call('ZRANGE', key .. ending, '+inf', since, 'BYSCORE', 'REV', 'LIMIT', 0, most, 'WITHSCORES')
end

-- Single facts.
answer[4] = function(key, names)
    return redis.call('HMGET', key, unpack(names))
end

local answers = {}
for place, question in ipairs(questions) do
    answers[place] = answer[question[1]](mark .. question[2], unpack(question, 3))
end
return cmsgpack.pack(answers)
