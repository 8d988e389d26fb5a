import type { Project } from '../types.ts';

export type ProjectInput = {
  slug: string;
  id?: string | number;
  name?: string;
  platform?: string | null;
  createdAt?: number;
  /** Slugs; default: one team for all. */
  teams?: readonly string[];
};

/** The organization's projects; ids survive renames. */
export type ProjectBook = {
  all(): readonly Project[];
  add(input: ProjectInput): Project;
  put(project: Project): void;
  byId(id: string): Project | undefined;
  /** By present slug or id. */
  find(slugOrId: string): Project | undefined;
  byFormerSlug(slug: string): Project | undefined;
  rename(slugOrId: string, to: string): void;
  setAccess(slugOrId: string, access: Project['access']): void;
  clear(): void;
};

const FIRST_ID = 4_501_000_000_000_000;

export function createProjectBook(): ProjectBook {
  const byId = new Map<string, Project>();
  const all = (): Project[] => [...byId.values()];
  const find = (key: string): Project | undefined => all().find((project) => project.slug === key) ?? byId.get(key);
  const need = (key: string): Project => {
    const project = find(key);
    if (project === undefined) throw new Error(`no such project: ${key}`);
    return project;
  };
  const add = (input: ProjectInput): Project => {
    if (find(input.slug) !== undefined) throw new Error(`project exists: ${input.slug}`);
    const project = projectOf(input, FIRST_ID + byId.size + 1);
    byId.set(project.id, project);
    return project;
  };
  return {
    all,
    add,
    find,
    put: (project) => {
      byId.set(project.id, { ...project, formerSlugs: [...project.formerSlugs] });
    },
    byId: (id) => byId.get(id),
    byFormerSlug: (slug) => all().find((project) => project.formerSlugs.includes(slug)),
    rename: (key, to) => {
      const project = need(key);
      project.formerSlugs.push(project.slug);
      project.slug = to;
    },
    setAccess: (key, access) => {
      need(key).access = access;
    },
    clear: () => {
      byId.clear();
    },
  };
}

function projectOf(input: ProjectInput, freeId: number): Project {
  return {
    id: String(input.id ?? freeId),
    slug: input.slug,
    name: input.name ?? input.slug,
    platform: input.platform === undefined ? 'javascript' : input.platform,
    createdAt: input.createdAt ?? Date.UTC(2024, 0, 15),
    access: 'full',
    formerSlugs: [],
    ...(input.teams === undefined ? {} : { teams: input.teams }),
  };
}
