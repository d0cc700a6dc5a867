/** `domain.object_id` in lower case, no underscore at an end, no two in a row: Home Assistant's `VALID_ENTITY_ID`. */
const ENTITY_ID = /^(?!.+__)(?!_)[\p{Nd}a-z_]+(?<!_)\.(?!_)[\p{Nd}a-z_]+(?<!_)$/u;

/** Whether Home Assistant takes `text` for the id of an entity. One that it does not makes it refuse a whole request. */
export function isEntityId(text: string): boolean {
  return ENTITY_ID.test(text);
}
