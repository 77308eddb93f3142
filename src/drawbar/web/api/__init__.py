"""The API for programs: business verbs in, the story of a shipment out."""
