// Test Anything Protocol: one line a test, so that ./run test can count them.

let count = 0;
let failed = 0;

export async function test(name, body) {
  try {
    await body();
    count += 1; // at the end: several may be on their way
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    count += 1;
    failed += 1;
    console.log(`not ok ${count} - ${name}`);
    for (const line of String(error?.stack ?? error).split('\n').slice(0, 30)) console.log(`# ${line}`);
  }
}

export function finish() {
  console.log(`1..${count}`);
  console.log(`# ${count - failed} of ${count} passed`);
  return failed === 0 && count > 0;
}
