-- For wrk: questions drawn at random, so that no answer can have been kept. Arguments after --: the
-- kind of question, and numbers of indicators, areas and quarters.
local n_threads = 0

function setup(thread)
  n_threads = n_threads + 1
  thread:set("seed", n_threads)
end

local function quarter(number)
  local year = 2016 + math.floor(number / 4)
  return string.format("FY%d-%02d-Q%d", year, (year + 1) % 100, number % 4 + 1)
end

local questions = {
  -- One indicator in one area: as many figures as there are quarters.
  series = function(n)
    return string.format("indicator=I%03d&area=A%03d&limit=1000",
      math.random(0, n.indicators - 1), math.random(0, n.areas - 1))
  end,
  -- One indicator in one quarter: as many as there are areas.
  league = function(n)
    return string.format("indicator=I%03d&period=%s&limit=1000",
      math.random(0, n.indicators - 1), quarter(math.random(0, n.quarters - 1)))
  end,
  -- One indicator whole.
  indicator = function(n)
    return string.format("indicator=I%03d&limit=all", math.random(0, n.indicators - 1))
  end,
}

function init(arguments)
  math.randomseed(seed)
  ask = questions[arguments[1]]
  counts = { indicators = tonumber(arguments[2]), areas = tonumber(arguments[3]),
             quarters = tonumber(arguments[4]) }
end

function request()
  return wrk.format("GET", "/api/v1/facts?" .. ask(counts))
end
