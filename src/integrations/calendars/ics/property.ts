/** A property as ical.js gives it: jCal, RFC 7265. */
export type JCalProperty = readonly [
  name: string,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  type: string,
  ...values: readonly unknown[],
];

/** With what stands in it: the alarms of an event, the changes of a zone. */
export type JCalComponent = readonly [
  name: string,
  properties: readonly JCalProperty[],
  components: readonly JCalComponent[],
];

/** Something in a calendar cannot be understood; why, as the end of a sentence about it. */
export class Odd extends Error {
  override readonly name = 'Odd';
}

export function propertiesOf([, properties]: JCalComponent, name: string): readonly JCalProperty[] {
  return properties.filter(([it]) => it === name);
}

export function propertyOf(component: JCalComponent, name: string): JCalProperty | undefined {
  return propertiesOf(component, name)[0];
}

/** The first value of a property as text; undefined: it is not there. */
export function textOf(component: JCalComponent, name: string): string | undefined {
  const value = propertyOf(component, name)?.[3];
  return typeof value === 'string' ? value : undefined;
}

export function parameterOf([, parameters]: JCalProperty, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' ? value : value?.[0];
}

export function valuesOf([, , , ...values]: JCalProperty): readonly unknown[] {
  return values;
}
