/** A real npm registry on the loopback address, with nothing behind it: what it was not given it does not have. */
import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { scope } from '../tooling/workspace-graph.js'
import { root } from './prepare.mjs'

/** A port that was free a moment ago. */
async function freePort() {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * Starts Verdaccio with its storage in a directory.
 *
 * `npmrc`, as the `.npmrc` of a project, makes npm use it for our scope; every other package still comes from the registry that npm is
 * configured for. The token is any word: npm asks for one before it publishes, this registry lets everybody.
 */
export async function startRegistry(directory) {
  mkdirSync(directory, { recursive: true })
  const port = await freePort()
  const config = path.join(directory, 'config.json')
  const log = path.join(directory, 'log.txt')
  writeFileSync(
    config,
    JSON.stringify({
      storage: path.join(directory, 'storage'),
      auth: { htpasswd: { file: path.join(directory, 'htpasswd') } },
      uplinks: {},
      packages: { [`${scope}/*`]: { access: '$all', publish: '$all' }, '**': { access: '$all' } },
      max_body_size: '50mb',
      web: { enable: false },
      log: { type: 'stdout', level: 'http' },
    }),
  )
  const output = openSync(log, 'w')
  const program = path.join(root, 'node_modules', 'verdaccio', 'bin', 'verdaccio')
  const server = spawn(process.execPath, [program, '--config', config, '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', output, output],
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const kill = () => server.kill('SIGKILL')
  process.on('exit', kill)

  const url = `http://127.0.0.1:${port}/`
  for (let tries = 0; ; tries++) {
    const answers = await fetch(`${url}-/ping`).then(
      (response) => response.ok,
      () => false,
    )
    if (answers) break
    if (server.exitCode !== null || tries > 300) throw new Error(`the registry did not start:\n${readFileSync(log, 'utf8')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    url,
    npmrc: `${scope}:registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\n`,
    stop: () => {
      kill()
      return ended
    },
  }
}
