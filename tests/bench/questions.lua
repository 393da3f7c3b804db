-- For wrk: questions drawn at random, so that no answer can have been kept. Arguments after --: whom they
-- are put to (ours, cap or bare), the kind of question, and numbers of indicators, areas and quarters.
local n_threads = 0

function setup(thread)
  n_threads = n_threads + 1
  thread:set("seed", n_threads)
end

local function quarter(number)
  local year = 2016 + math.floor(number / 4)
  return string.format("FY%d-%02d-Q%d", year, (year + 1) % 100, number % 4 + 1)
end

local fields = "indicator,title,version,area,period,reading,breakdown,numerator,denominator,value," ..
  "display,unit,n,family,run,id"

-- A question as each of them is asked it.
local questions = {
  -- One indicator in one area: as many figures as there are quarters.
  series = {
    ours = "indicator={i}&area={a}&limit=1000&fields=" .. fields,
    cap = "$filter=indicator%20eq%20'{i}'%20and%20area%20eq%20'{a}'",
  },
  -- One indicator in one quarter: as many as there are areas.
  league = {
    ours = "indicator={i}&period={q}&limit=1000&fields=" .. fields,
    cap = "$filter=indicator%20eq%20'{i}'%20and%20period%20eq%20'{q}'",
  },
  -- One indicator whole.
  rows = {
    ours = "indicator={i}&limit=all&fields=" .. fields,
    cap = "$filter=indicator%20eq%20'{i}'",
  },
  -- Its sums by quarter over all areas.
  sum = {
    ours = "indicator={i}&group_by=period&limit=all&fields=period,numerator,denominator",
    cap = "$apply=filter(indicator%20eq%20'{i}')/groupby((period),aggregate(numerator%20with%20sum%20as%20n," ..
      "denominator%20with%20sum%20as%20d))",
  },
}

local paths = { ours = "/api/v1/facts?", cap = "/odata/v4/bench/Facts?" }

function init(arguments)
  math.randomseed(seed)
  side, kind = arguments[1], arguments[2]
  counts = { i = tonumber(arguments[3]), a = tonumber(arguments[4]), q = tonumber(arguments[5]) }
end

local draw = {
  i = function() return string.format("I%03d", math.random(0, counts.i - 1)) end,
  a = function() return string.format("A%03d", math.random(0, counts.a - 1)) end,
  q = function() return quarter(math.random(0, counts.q - 1)) end,
}

function request()
  if side == "bare" then return wrk.format("GET", "/") end
  local text = questions[kind][side]:gsub("{(%a)}", function(letter) return draw[letter]() end)
  return wrk.format("GET", paths[side] .. text)
end
