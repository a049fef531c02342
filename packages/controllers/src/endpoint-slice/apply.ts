/** Writes endpoint slices. */
import { endpointSlices } from '@navarch/api/resources';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import type { SliceWrites } from './slices.ts';

export interface SliceWriter {
  readonly client: Client;
  wrote(slice: EndpointSlice): void;
  deleted(slice: EndpointSlice): void;
}

/** New ones first: an endpoint that moves is seen twice rather than not at all. */
export async function applySlices(
  { create, update, remove }: SliceWrites,
  writer: SliceWriter,
): Promise<void> {
  const api = writer.client.resource(endpointSlices);
  for (const slice of create) writer.wrote(await api.create(slice));
  for (const slice of update) writer.wrote(await api.update(slice));
  for (const slice of remove) {
    const { namespace = '', name = '' } = slice.metadata;
    try {
      await api.delete(namespace, name);
      writer.deleted(slice);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
