/** A shop that another program keeps in SQLite. */
import { type Loading, withTables } from "../helpers/loading.ts";

const SHOP = `
CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY, Name NVARCHAR(120) NOT NULL UNIQUE);
CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY, Title TEXT NOT NULL, ArtistId INTEGER NOT NULL REFERENCES Artist);
CREATE TABLE Track (
  TrackId INTEGER PRIMARY KEY,
  Name NVARCHAR(200) NOT NULL,
  AlbumId INTEGER REFERENCES Album (AlbumId),
  UnitPrice NUMERIC(10,2) NOT NULL DEFAULT 0.99,
  Explicit BOOLEAN NOT NULL DEFAULT 0,
  Changed DATETIME,
  Cover BLOB
);
CREATE TABLE Playlist (PlaylistId INTEGER PRIMARY KEY, Name TEXT NOT NULL UNIQUE);
CREATE TABLE PlaylistTrack (
  PlaylistId INTEGER NOT NULL REFERENCES Playlist, TrackId INTEGER NOT NULL REFERENCES Track,
  PRIMARY KEY (PlaylistId, TrackId)
);
CREATE TABLE Employee (Email TEXT PRIMARY KEY NOT NULL, Name TEXT NOT NULL, ReportsTo TEXT REFERENCES Employee (Email));
CREATE VIEW Titles AS SELECT Title FROM Album;
INSERT INTO Artist VALUES (1, 'Nora Lind'), (2, 'Los Faros');
INSERT INTO Album VALUES (1, 'Harbour', 1), (2, 'Harbour Lights', 2), (3, 'Winter', 1);
INSERT INTO Track (TrackId, Name, AlbumId, UnitPrice, Changed, Cover) VALUES
  (1, 'Overture', 1, 0.99, '2024-01-01 00:00:00', x'00ff'), (2, 'Overture', 2, 0.99, '2024-01-01 00:00:00', NULL),
  (3, 'Tide', 1, 0.99, NULL, NULL), (4, 'Snow', 3, 1.29, NULL, NULL);
INSERT INTO Playlist VALUES (1, 'Sea'), (2, 'Snow');
INSERT INTO PlaylistTrack VALUES (1, 1), (1, 3), (2, 4);
INSERT INTO Employee VALUES ('ann@example.org', 'Ann', NULL), ('bob@example.org', 'Bob', 'ann@example.org');
`;

/** By its name and the title of its album a track is known. */
export const KEYS = { reconciliationkeys: "Name, Album->Title" };

export function withShop(use: (loading: Loading) => Promise<void>): Promise<void> {
  return withTables(SHOP, use);
}

/** Everything that is in the shop, its schema and settings too. */
export function allOf({ query }: Loading): readonly string[] {
  const tables = query("SELECT name FROM sqlite_schema WHERE type = 'table'");
  return [
    ...query("SELECT type || name || sql FROM sqlite_schema"),
    ...["journal_mode", "application_id", "user_version"].flatMap((name) => query(`PRAGMA ${name}`)),
    ...tables.flatMap((table) => query(`SELECT * FROM "${table}" ORDER BY 1, 2`)),
  ];
}

/** The price of each track. */
export function prices({ query }: Loading): readonly string[] {
  return query("SELECT TrackId, UnitPrice FROM Track ORDER BY 1");
}
