// Loaded before the command: says on stderr how much memory the process held at most.
process.on('exit', () => process.stderr.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`))
