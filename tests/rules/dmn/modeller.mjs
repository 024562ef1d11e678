// Reads and writes each file of the first folder into the second as dmn-js does; prints what it did not understand.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DmnModdle } from "dmn-moddle";

const [given, kept] = process.argv.slice(-2);
const modeller = new DmnModdle();
for (const name of readdirSync(given)) {
  const { rootElement, warnings } = await modeller.fromXML(readFileSync(join(given, name), "utf8"), "dmn:Definitions");
  const { xml } = await modeller.toXML(rootElement, { format: true });
  writeFileSync(join(kept, name), xml);
  warnings.forEach((warning) => console.log(`${name}: ${warning.message}`));
}
