export interface paths {
    "/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the registered models */
        get: operations["listModels"];
        put?: never;
        /**
         * Register a model
         * @description The body is the manifest that `fovea model import` writes. The checkpoint that it names is uploaded before, by PUT /checkpoints/{sha256}. Registering the same manifest twice answers with the model that is there.
         */
        post: operations["registerModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a model */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{name}/layers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the layers of a model in the order of computation */
        get: operations["listLayers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a layer with what is known about it as a whole */
        get: operations["getLayer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one small picture of each unit of a layer
         * @description The first restart of each, whatever it shows.
         */
        get: operations["listLayerPictures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/correlations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how much the units of a layer fire like one of them
         * @description From the newest activation sweep; null where there is none.
         */
        get: operations["getCorrelations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the units of all models
         * @description By tags, the texts of notes and comments, and measures: what all of them leave, by the first measure from the highest down, else by model, layer and channel.
         */
        get: operations["searchUnits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/circuit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find the circuit among units, with their strongest neighbours
         * @description From the weights that runs of unit-weights have read.
         */
        get: operations["findCircuit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/circuits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the saved circuits, the newest first */
        get: operations["listCircuits"];
        put?: never;
        /** Save a circuit */
        post: operations["createCircuit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/circuits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a saved circuit */
        get: operations["getCircuit"];
        /**
         * Change a saved circuit
         * @description Answers 409 CIRCUIT_CHANGED where somebody has changed it since it was read.
         */
        put: operations["putCircuit"];
        post?: never;
        /** Delete a saved circuit */
        delete: operations["deleteCircuit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the units of a layer with their pictures and measures */
        get: operations["listUnits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/units/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get all that is known of a unit */
        get: operations["getUnit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/units/{channel}/activation-maps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the whole activation maps of the examples of a unit
         * @description In the order of the examples in its evidence of kind activation-sweep: [examples, rows, columns], little-endian, of the type and the grid that the evidence of the layer names.
         */
        get: operations["getActivationMaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/units/{channel}/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the images that stand for a unit, with what their datasets know of them */
        get: operations["listUnitExamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/units/{channel}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what is known of a unit as CSV */
        get: operations["getUnitTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/units/{channel}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get all that is known of a unit as a zip file
         * @description Pictures, examples as the network reads them, all evidence as JSON, tables as CSV, provenance.
         */
        get: operations["getUnitArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/expanded-weights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the expanded weights of some units of a layer, reduced to three factors
         * @description Only of those of which a run has found them out; each from an earlier layer.
         */
        get: operations["listExpandedWeights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/annotations/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the note and the tags of something, and the number of its comments */
        get: operations["getAnnotations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/annotations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the texts of notes and comments, the newest first */
        get: operations["listAnnotations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/annotations/{subject}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Write the note of something
         * @description Answers 409 NOTE_CHANGED where the note has another version by now than the text was written on; the problem tells who changed it.
         */
        put: operations["putNote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/annotations/{subject}/tags/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tag something; answers with all of its tags */
        put: operations["putTag"];
        post?: never;
        /** Take a tag away; answers with those that are left */
        delete: operations["deleteTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tags that are in use, the most used first */
        get: operations["listTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/annotations/{subject}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the comments on something, the oldest first */
        get: operations["listComments"];
        put?: never;
        /** Comment on something */
        post: operations["createComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/comments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a comment of one’s own */
        put: operations["putComment"];
        post?: never;
        /** Delete a comment of one’s own */
        delete: operations["deleteComment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checkpoints/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the weights of a model
         * @description The body is the file, streamed; the upload is refused when its sha256 is not the one in the path, and answered with 200 when they are stored already.
         */
        put: operations["putCheckpoint"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload an image that runs are to read
         * @description The body is the file. The answer tells its sha256, by which inputs such as that of image-activations name it.
         */
        post: operations["createImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the datasets */
        get: operations["listDatasets"];
        put?: never;
        /**
         * Register a dataset by its manifest
         * @description Its packs and its index must have been uploaded before. As `fovea dataset import` does.
         */
        post: operations["registerDataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a dataset */
        get: operations["getDataset"];
        put?: never;
        post?: never;
        /** Remove a dataset that no run has read */
        delete: operations["removeDataset"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dataset-objects/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload a pack or the index of a dataset
         * @description The body is the file, streamed; the upload is refused when its sha256 is not the one in the path, and answered with 200 when it is stored already.
         */
        put: operations["putDatasetObject"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Import the images of an archive
         * @description The body is a zip or tar archive of images by class and split, of images with an index file, or of CIFAR or idx files, streamed. The answer comes when all images have been read; an archive that cannot be read leaves nothing behind.
         */
        put: operations["putDatasetArchive"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/stimuli": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Register a set of drawn stimuli as a dataset
         * @description The images are every combination of the values given, drawn when asked for. Another set under the same name becomes what the name means.
         */
        put: operations["putStimulusSet"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the images of each class in each split */
        get: operations["listDatasetClasses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the images of a split, in their order */
        get: operations["listDatasetImages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/images/{split}/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get what is known of an image */
        get: operations["getDatasetImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/images/{split}/{index}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an image as it was given
         * @description Drawn images, and those that were no files, come as PNG.
         */
        get: operations["getDatasetImageFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/images/{split}/{index}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a small copy of an image */
        get: operations["getDatasetImageThumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/datasets/{dataset}/images/{split}/{index}/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an image as a model sees it, resized and cropped */
        get: operations["getDatasetImageInput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the kinds of experiment */
        get: operations["listKinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/kinds/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a kind of experiment with the schemas of its input and result */
        get: operations["getKind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/estimates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Estimate how long a run would take */
        post: operations["createEstimate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indexes/estimates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Estimate what an index would take, and what is there already */
        post: operations["createIndexEstimate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indexes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the newest indexes */
        get: operations["listIndexes"];
        put?: never;
        /**
         * Index a model
         * @description Queues pictures, sweeps and weights of every unit of the chosen layers, some runs at a time. What was made before with the same model, settings and code is not made again.
         */
        post: operations["createIndex"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indexes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an index with its progress by part and layer */
        get: operations["getIndex"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indexes/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause an index
         * @description Its runs stop within seconds and keep what they have.
         */
        post: operations["createIndexPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indexes/{id}/resumption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a paused index */
        post: operations["createIndexResumption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/indexes/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an index
         * @description What was made stays.
         */
        post: operations["createIndexCancellation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{model}/layers/{layer}/units/{channel}/interest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that somebody looks at a unit: its pictures go before all others of an index */
        post: operations["createUnitInterest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs */
        get: operations["listRuns"];
        put?: never;
        /**
         * Queue a run
         * @description Answers 201 with a new run, or 200 with an earlier one: for a key that was used before, and, unless forced, for a run of the same hash that has succeeded or is on its way.
         */
        post: operations["createRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a run */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description A queued run is cancelled at once, a running one within seconds.
         */
        post: operations["createCancellation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/retries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Queue a failed or cancelled run again
         * @description It resumes from its last checkpoint, where it has one.
         */
        post: operations["createRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Queue a run like this one, with changes */
        post: operations["createDuplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read or follow the events of a run
         * @description With `Accept: text/event-stream`, server-sent events: `id` is the sequence, `event` the type and `data` the event as JSON. After the last event of a finished run comes `end`, which has no id, and the stream closes; `Last-Event-ID` resumes it without gap or repeat. Otherwise a list of the events that are there.
         */
        get: operations["listRunEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the artifacts of a run */
        get: operations["listRunArtifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/artifacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an artifact with a signed address of its content */
        get: operations["getArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/objects/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch stored content by a signed address
         * @description The addresses come from artifacts, events and runs. They cannot be altered and expire. Ranges and conditional requests are answered. Only the filesystem store needs this; S3 signs addresses of its own.
         */
        get: operations["getObject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the workers, newest first */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether database, queue and object store answer */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measurements for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Annotations: {
            /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
            subject: string;
            note: components["schemas"]["Note"] | null;
            tags: string[];
            /** @description How many there are */
            comments: number;
        };
        Artifact: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            runId: string;
            name: string;
            mediaType: string;
            bytes: number;
            /** @description Of the content */
            sha256: string;
            /** @description What made it */
            parameters: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            createdAt: string;
            /** @description Where the content can be fetched; signed, expires */
            url: string;
            /** @description The same, to be saved under its name */
            downloadUrl: string;
        };
        ArtifactList: {
            items: components["schemas"]["Artifact"][];
        };
        Branch: {
            /** @description Hook point whose channels the slice is */
            name: string;
            /** @description First channel */
            start: number;
            /** @description One after the last channel */
            end: number;
        };
        Circuit: {
            /** Format: uuid */
            id: string;
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            title: string;
            createdBy: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Markdown; shown without raw HTML */
            text: string;
            graph: components["schemas"]["CircuitGraph"];
            /** @description The units of the graph, as they are known by now */
            found: components["schemas"]["FoundCircuitUnit"][];
        };
        CircuitChange: {
            title: string;
            /** @description Markdown; shown without raw HTML */
            text: string;
            graph: components["schemas"]["CircuitGraph"];
            /**
             * Format: date-time
             * @description Of the circuit that was changed, as it was read
             */
            updatedAt: string;
        };
        CircuitEdge: {
            from: components["schemas"]["UnitPlace"];
            to: components["schemas"]["UnitPlace"];
            /** @description Root of the sum of squares over the kernel */
            l2: number;
            /** @description Signed sum over the kernel: below zero inhibits */
            sum: number;
            kernel: {
                height: number;
                width: number;
                /** @description Row after row, to three digits: a cross-correlation, first row at the top of the picture */
                values: number[];
            };
        };
        CircuitGraph: {
            units: components["schemas"]["CircuitUnit"][];
            edges: components["schemas"]["CircuitEdge"][];
            /** @description Of units that somebody moved, by layer:channel */
            positions: {
                [key: string]: {
                    x: number;
                    y: number;
                };
            };
            /** @description Edges are shown from this share of the strongest into a unit */
            threshold: number;
        };
        CircuitPage: {
            items: components["schemas"]["CircuitSummary"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        CircuitRequest: {
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            title: string;
            /** @description Markdown; shown without raw HTML */
            text: string;
            graph: components["schemas"]["CircuitGraph"];
        };
        CircuitSummary: {
            /** Format: uuid */
            id: string;
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            title: string;
            units: number;
            /** @description Pictures of the first units; signed, expire */
            thumbnails: string[];
            createdBy: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        CircuitUnit: {
            /** @description As the model names it, such as mixed4a */
            layer: string;
            channel: number;
            chosen: boolean;
        };
        Comment: {
            /** Format: uuid */
            id: string;
            /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
            subject: string;
            /** @description Markdown; shown without raw HTML */
            body: string;
            author: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** @description Whether whoever asks wrote it, and so may change it */
            own: boolean;
            /** Format: date-time */
            createdAt: string;
            editedAt: string | null;
        };
        CommentPage: {
            items: components["schemas"]["Comment"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        CommentRequest: {
            /** @description Markdown; shown without raw HTML */
            body: string;
        };
        Correlations: {
            correlations: {
                /** @description Whose images they were compared on */
                dataset: string;
                /** @description One for each channel */
                values: number[];
            } | null;
        };
        Dataset: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description sha256 over all that determines its images, labels and columns */
            digest: string;
            /** @description generated, images, index, cifar-10, cifar-100 or idx */
            kind: string;
            description: string | null;
            license: string | null;
            /** @description Where the images come from */
            source: string | null;
            classCount: number;
            /** @description Number of images by split */
            splits: {
                [key: string]: number;
            };
            /** @description In all splits */
            images: number;
            /** @description That the images take; 0 where they are drawn when asked for */
            bytes: number;
            /** @description Files that were left out of the import */
            problemCount: number;
            /** @description Comes with Fovea: it can be neither replaced nor removed */
            shipped: boolean;
            /** Format: date-time */
            createdAt: string;
            classes: string[];
            /** @description What is known of each image besides its class */
            columns: {
                name: string;
                /** @enum {string} */
                type: "number" | "text";
                unit?: string;
                description?: string;
            }[];
            /** @description Of every image in pixels; null where they differ */
            imageSize: {
                height: number;
                width: number;
            } | null;
            /** @description What the images are drawn with */
            parameters: {
                [key: string]: unknown;
            };
            problems: components["schemas"]["DatasetProblem"][];
            /** @description Images that are there more than once, byte by byte */
            duplicates: {
                count: number;
                first: {
                    file: string;
                    sameAs: string;
                }[];
            };
            /** @description Runs that have read it */
            runCount: number;
        };
        DatasetClassList: {
            items: {
                /** @description null: images without a class */
                label: number | null;
                class: string | null;
                /** @description By split */
                images: {
                    [key: string]: number;
                };
            }[];
        };
        DatasetImage: {
            split: string;
            /** @description Within the split */
            index: number;
            /** @description Path of the file, or what a generator calls the image */
            id: string;
            /** @description Index into the classes */
            label: number | null;
            class: string | null;
            height: number;
            width: number;
            columns: {
                [key: string]: string | number | null;
            };
            /** @description Path of the image as it was given; never changes */
            url: string;
            /** @description Path of a small copy; never changes */
            thumbnailUrl: string;
        };
        DatasetImagePage: {
            items: components["schemas"]["DatasetImage"][];
            /** @description On all pages */
            total: number;
            /** @description null on the last page */
            nextCursor: string | null;
        };
        DatasetList: {
            items: components["schemas"]["DatasetSummary"][];
        };
        DatasetManifest: {
            name: string;
            /** @description Over all that determines the images, their labels and columns */
            digest: string;
            description?: string;
            license?: string;
            source?: string;
            classes: string[];
            /** @description Number of images by split */
            splits: {
                [key: string]: number;
            };
            columns: {
                name: string;
                /** @enum {string} */
                type: "number" | "text";
                unit?: string;
                description?: string;
            }[];
            /** @description Of every image in pixels; null where they differ */
            imageSize: {
                height: number;
                width: number;
            } | null;
            /** @description That the images take; 0 where they are drawn when asked for */
            bytes: number;
            content: {
                /** @constant */
                type: "generated";
                /** @description Which of the generators draws the images */
                generator: string;
                /** @description What the generator is called with */
                parameters: {
                    [key: string]: unknown;
                };
            } | {
                /** @constant */
                type: "stored";
                /**
                 * @description What it was imported from
                 * @enum {string}
                 */
                container: "folder" | "zip" | "tar" | "file";
                /**
                 * @description Images by folder, images with an index file, or files of many images
                 * @enum {string}
                 */
                layout: "images" | "index" | "cifar-10" | "cifar-100" | "idx";
                /** @description The images, one after the other */
                packs: {
                    sha256: string;
                    bytes: number;
                }[];
                /** @description An Arrow table: of each image where it lies in the packs, and what is known of it */
                index: {
                    sha256: string;
                    bytes: number;
                };
            };
            /** @description What was left out of the import */
            problems: {
                /** @description Path within what was imported */
                file: string;
                /** @enum {string} */
                reason: "damaged" | "unknown-format" | "too-large" | "unreadable" | "unlisted" | "missing";
                message: string;
            }[];
            /** @description Images that are there more than once, byte by byte; each is kept */
            duplicates: {
                count: number;
                first: {
                    file: string;
                    sameAs: string;
                }[];
            };
        };
        DatasetProblem: {
            /** @description Path within what was imported */
            file: string;
            /** @enum {string} */
            reason: "damaged" | "unknown-format" | "too-large" | "unreadable" | "unlisted" | "missing";
            message: string;
        };
        DatasetSummary: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description sha256 over all that determines its images, labels and columns */
            digest: string;
            /** @description generated, images, index, cifar-10, cifar-100 or idx */
            kind: string;
            description: string | null;
            license: string | null;
            /** @description Where the images come from */
            source: string | null;
            classCount: number;
            /** @description Number of images by split */
            splits: {
                [key: string]: number;
            };
            /** @description In all splits */
            images: number;
            /** @description That the images take; 0 where they are drawn when asked for */
            bytes: number;
            /** @description Files that were left out of the import */
            problemCount: number;
            /** @description Comes with Fovea: it can be neither replaced nor removed */
            shipped: boolean;
            /** Format: date-time */
            createdAt: string;
        };
        DuplicateRequest: {
            /**
             * @description Changes: each value replaces the one of the same name in the original input
             * @default {}
             */
            input?: {
                [key: string]: unknown;
            };
            /** @description The seed of the original when absent */
            seed?: number;
            /** @description The priority of the original when absent */
            priority?: number;
            /** @description The title of the original when absent */
            title?: string;
            /**
             * @description Run even if the same run has succeeded before
             * @default false
             */
            force?: boolean;
        };
        Estimate: {
            /** @description Expected time on a free worker, without waiting in the queue */
            seconds: number;
            steps: number;
            stepsPerSecond: number;
            /**
             * @description What the speed was taken from: finished runs that are ever less alike, or a fixed calibration
             * @enum {string}
             */
            basis: "same-input-size" | "same-model" | "other-models" | "calibration";
            /** @description The basis in words, with the number of runs it rests on */
            explanation: string;
        };
        EstimateRequest: {
            /** @description Kind of experiment, such as feature-visualization */
            kind: string;
            /** @description As for a run */
            input: {
                [key: string]: unknown;
            };
        };
        EvidenceRun: {
            /** Format: uuid */
            id: string;
            kind: string;
            modelDigest: string | null;
            datasetDigest: string | null;
            seed: number;
            codeVersion: string;
            backend: string | null;
            finishedAt: string | null;
        };
        ExpandedWeightsList: {
            items: {
                channel: number;
                /** @description The earlier layer */
                from: string;
                height: number;
                width: number;
                /** @description Of each factor, row after row and signed; shown as red, green and blue */
                maps: number[][];
            }[];
        };
        Failure: {
            /**
             * @description What has to change before a retry can succeed
             * @enum {string}
             */
            fault: "input" | "model" | "platform";
            /** @description Stable name of the failure: UNKNOWN_LAYER, LOSS_NOT_FINITE, ... */
            code: string;
            /** @description What happened and what a researcher can do about it */
            message: string;
            details?: {
                [key: string]: unknown;
            };
        };
        FoundCircuit: {
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            units: components["schemas"]["FoundCircuitUnit"][];
            /** @description Between units of which at least one was chosen */
            edges: components["schemas"]["CircuitEdge"][];
            /** @description Layers of chosen units, next to each other among these, between which no weights were read yet */
            unknown: {
                /** @description As the model names it, such as mixed4a */
                from: string;
                /** @description As the model names it, such as mixed4a */
                to: string;
            }[];
        };
        FoundCircuitUnit: {
            /** @description As the model names it, such as mixed4a */
            layer: string;
            channel: number;
            /** @description Of a logit: the name of its class */
            label: string | null;
            /** @description Whether it was asked for, rather than found beside one that was */
            chosen: boolean;
            /** @description The layer's place in the order of computation; −1 for the image */
            ordinal: number;
            /** @description Address of a small picture of the unit; signed, expires */
            thumbnail: string | null;
        };
        FoundText: {
            /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
            subject: string;
            /** @enum {string} */
            where: "note" | "comment";
            /** @description Markdown; shown without raw HTML */
            body: string;
            author: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** Format: date-time */
            writtenAt: string;
        };
        FoundTextPage: {
            items: components["schemas"]["FoundText"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        FoundUnit: {
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            /** @description As the model names it, such as mixed4a */
            layer: string;
            channel: number;
            /** @description Address of a small picture of the unit; signed, expires */
            thumbnail: string | null;
            tags: string[];
            /** @description Of the note or comment that holds the text */
            excerpt: string | null;
            /** @description Of the measures that were searched by */
            values: {
                measure: string;
                value: number;
            }[];
        };
        FoundUnitPage: {
            items: components["schemas"]["FoundUnit"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        Health: {
            /** @constant */
            status: "ok";
            codeVersion: string;
            uptimeSeconds: number;
        };
        Index: {
            /** Format: uuid */
            id: string;
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            /** @enum {string} */
            status: "running" | "paused" | "finished" | "cancelled";
            settings: components["schemas"]["IndexSettings"];
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
            /** @description 0 to 1 */
            share: number;
            /** @description Of units */
            pictures: {
                done: number;
                total: number;
            };
            /** @description Those that exist by now; more may be planned */
            runs: {
                queued: number;
                running: number;
                succeeded: number;
                failed: number;
                cancelled: number;
            };
            /** @description null once it is over */
            secondsLeft: number | null;
            codeVersion: string;
            /** @description Of the artifacts that it made */
            bytes: number;
            /** @description What was there already */
            skipped: {
                /** @enum {string} */
                part: "sweep" | "weights" | "sparsity" | "deepdream" | "tuning" | "pictures";
                /** @description null for a part that looks at all layers together */
                layer: string | null;
                /** @description Of all that is planned, 0 to 1 */
                share: number;
                /** @description Of units */
                pictures: number;
            }[];
            /** @description As it was when the index began */
            estimate: components["schemas"]["IndexEstimate"];
            groups: {
                /** @enum {string} */
                part: "sweep" | "weights" | "sparsity" | "deepdream" | "tuning" | "pictures";
                /** @description null for a part that looks at all layers together */
                layer: string | null;
                /** @description 0 to 1 */
                share: number;
                /** @description Of units */
                pictures: {
                    done: number;
                    total: number;
                };
                /** @description Those that exist by now; more may be planned */
                runs: {
                    queued: number;
                    running: number;
                    succeeded: number;
                    failed: number;
                    cancelled: number;
                };
            }[];
            /** @description The newest runs of it that failed */
            failures: {
                /** Format: uuid */
                runId: string;
                /** @description Kind of experiment, such as feature-visualization */
                kind: string;
                layer: string | null;
                error: components["schemas"]["Failure"] | null;
            }[];
        };
        IndexEstimate: {
            /** @description On the workers that are there, from the first run to the last */
            seconds: number;
            /** @description To be stored */
            bytes: number;
            /** @description Of units */
            pictures: number;
            runs: number;
            /** @description Runs that the workers execute at once */
            places: number;
            /** @description On what the time of the pictures rests, in words */
            explanation: string;
            groups: {
                /** @enum {string} */
                part: "sweep" | "weights" | "sparsity" | "deepdream" | "tuning" | "pictures";
                /** @description null for a part that looks at all layers together */
                layer: string | null;
                runs: number;
                /** @description Of units */
                pictures: number;
                /** @description Of all its runs, one after the other */
                seconds: number;
                bytes: number;
            }[];
        };
        IndexList: {
            items: components["schemas"]["IndexSummary"][];
        };
        IndexPreview: {
            /** @description Of what is missing */
            estimate: components["schemas"]["IndexEstimate"];
            layers: string[];
            units: number;
            /** @description What was there already */
            skipped: {
                /** @enum {string} */
                part: "sweep" | "weights" | "sparsity" | "deepdream" | "tuning" | "pictures";
                /** @description null for a part that looks at all layers together */
                layer: string | null;
                /** @description Of all that is planned, 0 to 1 */
                share: number;
                /** @description Of units */
                pictures: number;
            }[];
        };
        IndexRequest: {
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            settings: components["schemas"]["IndexSettingsInput"];
        };
        IndexSettings: {
            /**
             * @description `interesting`: the outputs of blocks, and the hidden neurons of transformers; `all`: every hook point with units; or names
             * @default interesting
             */
            layers: ("interesting" | "all") | string[];
            /**
             * @description What to make: `pictures` of every unit, `deepdream` of every layer, a `sweep` over a dataset, `tuning` to stimuli, `weights` between layers and their `sparsity`
             * @default [
             *       "weights",
             *       "sparsity",
             *       "deepdream",
             *       "tuning",
             *       "pictures"
             *     ]
             */
            parts: ("sweep" | "weights" | "sparsity" | "deepdream" | "tuning" | "pictures")[];
            /**
             * @description Name of the registered dataset that sweeps go over; needed for them
             * @default null
             */
            dataset: string | null;
            /**
             * @description Of the dataset, at most
             * @default 10000
             */
            images: number;
            /**
             * @description Side of the pictures in pixels; the model's own input, up to 128, if null
             * @default null
             */
            size: number | null;
            /** @default 256 */
            steps: number;
            /**
             * Objectives
             * @description What of a unit is maximised: its value in the middle of the picture (neuron), its mean over all positions (channel). Layers without positions have the latter only
             * @default [
             *       "neuron",
             *       "channel"
             *     ]
             */
            objectives: ("neuron" | "channel")[];
            /**
             * Signs
             * @description 1 for what excites a unit, −1 for what inhibits it: what its value before the ReLU falls at
             * @default [
             *       1,
             *       -1
             *     ]
             */
            signs: (1 | -1)[];
            /**
             * Restarts
             * @description Random starts, all of which are kept. Restart r has the seed of the run plus r
             * @default 2
             */
            restarts: number;
            /**
             * Diverse pictures
             * @description Further pictures of the channel that are optimised together to differ; 0 for none
             * @default 0
             */
            diversity: number;
            /**
             * @description Of everything random
             * @default 0
             */
            seed: number;
        };
        IndexSettingsInput: {
            /**
             * @description `interesting`: the outputs of blocks, and the hidden neurons of transformers; `all`: every hook point with units; or names
             * @default interesting
             */
            layers?: ("interesting" | "all") | string[];
            /**
             * @description What to make: `pictures` of every unit, `deepdream` of every layer, a `sweep` over a dataset, `tuning` to stimuli, `weights` between layers and their `sparsity`
             * @default [
             *       "weights",
             *       "sparsity",
             *       "deepdream",
             *       "tuning",
             *       "pictures"
             *     ]
             */
            parts?: ("sweep" | "weights" | "sparsity" | "deepdream" | "tuning" | "pictures")[];
            /**
             * @description Name of the registered dataset that sweeps go over; needed for them
             * @default null
             */
            dataset?: string | null;
            /**
             * @description Of the dataset, at most
             * @default 10000
             */
            images?: number;
            /**
             * @description Side of the pictures in pixels; the model's own input, up to 128, if null
             * @default null
             */
            size?: number | null;
            /** @default 256 */
            steps?: number;
            /**
             * Objectives
             * @description What of a unit is maximised: its value in the middle of the picture (neuron), its mean over all positions (channel). Layers without positions have the latter only
             * @default [
             *       "neuron",
             *       "channel"
             *     ]
             */
            objectives?: ("neuron" | "channel")[];
            /**
             * Signs
             * @description 1 for what excites a unit, −1 for what inhibits it: what its value before the ReLU falls at
             * @default [
             *       1,
             *       -1
             *     ]
             */
            signs?: (1 | -1)[];
            /**
             * Restarts
             * @description Random starts, all of which are kept. Restart r has the seed of the run plus r
             * @default 2
             */
            restarts?: number;
            /**
             * Diverse pictures
             * @description Further pictures of the channel that are optimised together to differ; 0 for none
             * @default 0
             */
            diversity?: number;
            /**
             * @description Of everything random
             * @default 0
             */
            seed?: number;
        };
        IndexSummary: {
            /** Format: uuid */
            id: string;
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            /** @enum {string} */
            status: "running" | "paused" | "finished" | "cancelled";
            settings: components["schemas"]["IndexSettings"];
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
            /** @description 0 to 1 */
            share: number;
            /** @description Of units */
            pictures: {
                done: number;
                total: number;
            };
            /** @description Those that exist by now; more may be planned */
            runs: {
                queued: number;
                running: number;
                succeeded: number;
                failed: number;
                cancelled: number;
            };
            /** @description null once it is over */
            secondsLeft: number | null;
        };
        Kind: {
            /** @description Kind of experiment, such as feature-visualization */
            name: string;
            title: string;
            description: string;
            /** @description Raised when the same input would give another result */
            version: number;
            /** @description JSON Schema (2020-12) of the input, with defaults, limits and help texts */
            input: {
                [key: string]: unknown;
            };
            /** @description JSON Schema (2020-12) of the result */
            result: {
                [key: string]: unknown;
            };
            /** @description Named partial inputs to start from */
            presets: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
        };
        KindList: {
            items: components["schemas"]["KindSummary"][];
        };
        KindSummary: {
            /** @description Kind of experiment, such as feature-visualization */
            name: string;
            title: string;
            description: string;
            /** @description Raised when the same input would give another result */
            version: number;
        };
        Layer: {
            name: string;
            /** @description What makes the value: conv, relu, concat, max_pool, ... */
            kind: string;
            /** @description Without batch, at the nominal input size */
            shape: number[];
            /** @description What each axis of the shape counts */
            axes: ("height" | "width" | "position" | "head" | "query" | "key" | "channel")[];
            /** @description Length of the last axis */
            channels: number;
            receptiveField: components["schemas"]["ReceptiveField"] | null;
            parameters: number;
            /** @description The inputs and hook points from which it is directly computed */
            sources: string[];
            /** @description Position in the order of computation, from 0 */
            ordinal: number;
        };
        LayerDetail: {
            name: string;
            /** @description What makes the value: conv, relu, concat, max_pool, ... */
            kind: string;
            /** @description Without batch, at the nominal input size */
            shape: number[];
            /** @description What each axis of the shape counts */
            axes: ("height" | "width" | "position" | "head" | "query" | "key" | "channel")[];
            /** @description Length of the last axis */
            channels: number;
            receptiveField: components["schemas"]["ReceptiveField"] | null;
            parameters: number;
            /** @description The inputs and hook points from which it is directly computed */
            sources: string[];
            /** @description Position in the order of computation, from 0 */
            ordinal: number;
            /** @description Slices of a concatenation, in the order of channels */
            branches: components["schemas"]["Branch"][];
            /** @description Nearest layer before it that has units and a name of as many parts */
            previous: string | null;
            /** @description The same after it */
            next: string | null;
            /** @description What runs found out about the layer as a whole */
            evidence: components["schemas"]["LayerEvidence"][];
        };
        LayerEvidence: {
            /** @description What was found out: activation-sweep, weight-sparsity, … */
            kind: string;
            /** @description On what it rests: digest of a dataset, name of another layer, or empty for the model alone */
            subject: string;
            /** @description Of the dataset, while it is registered, or of the stimuli */
            subjectName: string | null;
            data: {
                [key: string]: unknown;
            };
            /** @description Artifacts of the run that the data names */
            artifacts: {
                /** Format: uuid */
                id: string;
                name: string;
                mediaType: string;
                bytes: number;
                sha256: string;
                url: string;
            }[];
            /** Format: uuid */
            runId: string;
            /** Format: date-time */
            createdAt: string;
        };
        LayerList: {
            items: components["schemas"]["Layer"][];
        };
        LayerPictures: {
            /** @description Those of which there are pictures */
            objectives: string[];
            items: {
                channel: number;
                url: string;
            }[];
        };
        Model: {
            /** Format: uuid */
            id: string;
            /** @description Name under which a model is registered, such as inception_v3 */
            name: string;
            architecture: string;
            /** @description Which of the architecture's published forms it has */
            variant: string;
            /** @description sha256 over architecture, variant, configuration, weights and preprocessing */
            digest: string;
            /** @description Number of learned values */
            parameters: number;
            layerCount: number;
            preprocessing: components["schemas"]["Preprocessing"];
            checkpoint: {
                sha256: string;
                bytes: number;
                format: string;
            };
            source: string | null;
            license: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description The configuration that came with the weights; null where none did */
            config: unknown;
            /** @description Class names of the logits; empty where unknown */
            classes: string[];
            /** @description What the import checked, with its outcome */
            selfTest: components["schemas"]["SelfTest"];
        };
        ModelList: {
            items: components["schemas"]["ModelSummary"][];
        };
        ModelManifest: {
            name: string;
            architecture: string;
            /** @description Which of the architecture's published forms the checkpoint has */
            variant: string;
            /** @description The configuration that came with the weights */
            config?: unknown;
            preprocessing: {
                /** @description Nominal input height in pixels */
                height: number;
                /** @description Nominal input width in pixels */
                width: number;
                /**
                 * @description bgr turns the order of the channels around
                 * @enum {string}
                 */
                channelOrder: "rgb" | "bgr";
                /** @description Factor applied to values in [0, 1], such as 255 */
                scale: number;
                /** @description Subtracted after scaling, in the channel order of the network */
                mean: number[];
                /** @description Divided by, in the channel order of the network */
                std: number[];
                /** @description Side of the central square that is kept of a photograph, as a share of its shorter side */
                crop: number;
                /**
                 * @description Filter by which a photograph is resized
                 * @enum {string}
                 */
                interpolation: "bilinear" | "bicubic";
            };
            checkpoint: {
                sha256: string;
                bytes: number;
                /** @enum {string} */
                format: "safetensors" | "onnx";
            };
            /** @description Over architecture, variant, configuration, checkpoint and preprocessing */
            digest: string;
            parameters: number;
            hookPoints: {
                name: string;
                /** @description What makes the value: conv, relu, concat, max_pool, ... */
                kind: string;
                /** @description Without batch, at the nominal input size */
                shape: number[];
                /** @description What each axis of the shape counts */
                axes: ("height" | "width" | "position" | "head" | "query" | "key" | "channel")[];
                /** @description Length of the last axis */
                channels: number;
                receptiveField?: {
                    /** @description Side of the patch of input that one position sees, in pixels */
                    size: number;
                    /** @description Distance of neighbouring positions, in input pixels */
                    stride: number;
                    /** @description Centre of position (0, 0), in input pixels */
                    offset: number;
                };
                parameters: number;
                /** @description The inputs and hook points from which it is directly computed */
                sources: string[];
            }[];
            /** @description Names of the logits */
            classes?: string[];
            selfTest: {
                /** @description How many images it saw */
                images: number;
                /** @description Of the preprocessed images */
                input: {
                    min: number;
                    max: number;
                    mean: number;
                    std: number;
                };
                layers: {
                    name: string;
                    mean: number;
                    max: number;
                    /** @description Channels of a rectified layer that stayed at zero on every image */
                    deadChannels?: number;
                }[];
                warnings: string[];
            };
            /** @description The file from which the weights were converted */
            origin?: {
                format: string;
                file: string;
                sha256: string;
            };
            source?: string;
            license?: string;
        };
        ModelSummary: {
            /** Format: uuid */
            id: string;
            /** @description Name under which a model is registered, such as inception_v3 */
            name: string;
            architecture: string;
            /** @description Which of the architecture's published forms it has */
            variant: string;
            /** @description sha256 over architecture, variant, configuration, weights and preprocessing */
            digest: string;
            /** @description Number of learned values */
            parameters: number;
            layerCount: number;
            preprocessing: components["schemas"]["Preprocessing"];
            checkpoint: {
                sha256: string;
                bytes: number;
                format: string;
            };
            source: string | null;
            license: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        Note: {
            /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
            subject: string;
            /** @description Markdown; shown without raw HTML */
            body: string;
            /** @description Raised by every change */
            version: number;
            updatedBy: {
                /** Format: uuid */
                id: string;
                name: string;
            };
            /** Format: date-time */
            updatedAt: string;
        };
        NoteRequest: {
            /** @description Markdown; shown without raw HTML */
            body: string;
            /** @description That the text was written on; 0 where there was no note */
            version: number;
        };
        Picture: {
            step: number;
            mediaType: string;
            /** @description Signed, expires */
            url: string;
        };
        Preprocessing: {
            /** @description Nominal input height in pixels */
            height: number;
            /** @description Nominal input width in pixels */
            width: number;
            /**
             * @description bgr turns the order of the channels around
             * @enum {string}
             */
            channelOrder: "rgb" | "bgr";
            /** @description Factor applied to values in [0, 1], such as 255 */
            scale: number;
            /** @description Subtracted after scaling, in the channel order of the network */
            mean: number[];
            /** @description Divided by, in the channel order of the network */
            std: number[];
            /** @description Side of the central square that is kept of a photograph, as a share of its shorter side */
            crop: number;
            /**
             * @description Filter by which a photograph is resized
             * @enum {string}
             */
            interpolation: "bilinear" | "bicubic";
        };
        /** @description RFC 9457 problem details */
        Problem: {
            /** @description URI reference of the kind of problem: about:blank where title and code say it all */
            type: string;
            /** @description The kind of problem in a few words */
            title: string;
            /** @description The HTTP status */
            status: number;
            /** @description What happened this time, and what would be right */
            detail: string;
            /** @description Stable identifier for programs, such as INPUT_INVALID */
            code: string;
            /** @description The request, by the identifier that the log of the server gives it */
            instance: string;
            /** @description One entry for each wrong value */
            errors?: {
                /**
                 * @description Part of the request that holds the value
                 * @enum {string}
                 */
                in: "body" | "query" | "path" | "headers";
                /** @description JSON pointer to the value within that part, such as /input/steps */
                pointer: string;
                /** @description What is wrong with it and what would be right */
                detail: string;
                /** @description Nearest valid values, best first */
                suggestions?: string[];
            }[];
        };
        RankedMeasure: {
            /** @description Such as curve.R */
            name: string;
            /** @description On what it rests: digest of a dataset, name of another layer, or nothing */
            subject: string;
            /** @description Of the dataset, while it is registered, or of the stimuli */
            subjectName: string | null;
            value: number;
            /** @description Within the layer: 1 for the highest value */
            rank: number;
            /** @description Units of the layer that have the measure */
            of: number;
            /** Format: uuid */
            runId: string;
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "unavailable";
            checks: {
                database: {
                    /** @enum {string} */
                    status: "up" | "down";
                    milliseconds: number;
                    /** @description What was reached, or why not */
                    detail: string;
                };
                queue: {
                    /** @enum {string} */
                    status: "up" | "down";
                    milliseconds: number;
                    /** @description What was reached, or why not */
                    detail: string;
                };
                store: {
                    /** @enum {string} */
                    status: "up" | "down";
                    milliseconds: number;
                    /** @description What was reached, or why not */
                    detail: string;
                };
            };
        };
        ReceptiveField: {
            /** @description Side of the patch of input that one position sees, in pixels */
            size: number;
            /** @description Distance of neighbouring positions, in input pixels */
            stride: number;
            /** @description Centre of position (0, 0), in input pixels */
            offset: number;
        };
        Run: {
            /** Format: uuid */
            id: string;
            title: string | null;
            /** @description Kind of experiment, such as feature-visualization */
            kind: string;
            kindVersion: number;
            status: components["schemas"]["RunStatus"];
            /** @description Validated, with defaults filled in */
            input: {
                [key: string]: unknown;
            };
            /** @description Name of the model */
            model: string | null;
            modelDigest: string | null;
            seed: number;
            priority: number;
            step: number;
            /** @description Steps that the run will take */
            total: number;
            loss: number | null;
            stepsPerSecond: number | null;
            /** @description 1 for the first */
            attempt: number;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description Seconds spent running, over all attempts */
            wallSeconds: number;
            error: components["schemas"]["Failure"] | null;
            /** @description Newest preview */
            picture: components["schemas"]["Picture"] | null;
            /** @description Of everything that determines the result */
            hash: string;
            datasetDigest: string | null;
            codeVersion: string;
            /** @description Tensor backend that computed it */
            backend: string | null;
            workerId: string | null;
            /** @description The run that this one was duplicated from */
            parentRunId: string | null;
            /** @description The run that merges the results of this one and of its like */
            flowRunId: string | null;
            /** @description Runs whose results this one merges, in the order of their making */
            shards: components["schemas"]["Shard"][];
            cancelRequestedAt: string | null;
            /** @description Runs that go before this one: 0 for the next; null unless queued */
            queuePosition: number | null;
            /** @description By the result schema of the kind; null until the run has succeeded */
            result: unknown;
        };
        RunEvent: {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "status";
            /** Format: date-time */
            createdAt: string;
            data: {
                status: components["schemas"]["RunStatus"];
                attempt: number;
                workerId: string | null;
                error: components["schemas"]["Failure"] | null;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "progress";
            /** Format: date-time */
            createdAt: string;
            data: {
                step: number;
                total: number;
                loss: number | null;
                stepsPerSecond: number | null;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "log";
            /** Format: date-time */
            createdAt: string;
            data: {
                /** @enum {string} */
                level: "info" | "warning";
                message: string;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "preview";
            /** Format: date-time */
            createdAt: string;
            data: {
                step: number;
                mediaType: string;
                bytes: number;
                /** @description Signed, expires */
                url: string;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "artifact";
            /** Format: date-time */
            createdAt: string;
            data: {
                name: string;
                mediaType: string;
                bytes: number;
                /** @description Signed, expires */
                url: string;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "metric";
            /** Format: date-time */
            createdAt: string;
            data: {
                name: string;
                step: number;
                value: number;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "units";
            /** Format: date-time */
            createdAt: string;
            data: {
                layer: string;
                kind: string;
                subject: string;
                units: number;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "layer";
            /** Format: date-time */
            createdAt: string;
            data: {
                layer: string;
                kind: string;
                subject: string;
            };
        } | {
            /** @description 1, 2, 3, ... within the run; the id in a stream */
            sequence: number;
            /** @constant */
            type: "checkpoint";
            /** Format: date-time */
            createdAt: string;
            data: {
                step: number;
                bytes: number;
            };
        };
        RunEventList: {
            items: components["schemas"]["RunEvent"][];
        };
        RunPage: {
            items: components["schemas"]["RunSummary"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        RunRequest: {
            /** @description Kind of experiment, such as feature-visualization */
            kind: string;
            /** @description By the input schema of the kind; defaults may be left out */
            input: {
                [key: string]: unknown;
            };
            /**
             * @description Start of the random numbers: the same seed gives the same result
             * @default 0
             */
            seed?: number;
            /**
             * @description Higher starts earlier
             * @default 0
             */
            priority?: number;
            /** @description Free text to find the run by */
            title?: string;
            /**
             * @description Run even if the same run has succeeded before
             * @default false
             */
            force?: boolean;
        };
        /** @enum {string} */
        RunStatus: "queued" | "running" | "succeeded" | "failed" | "cancelled";
        RunSummary: {
            /** Format: uuid */
            id: string;
            title: string | null;
            /** @description Kind of experiment, such as feature-visualization */
            kind: string;
            kindVersion: number;
            status: components["schemas"]["RunStatus"];
            /** @description Validated, with defaults filled in */
            input: {
                [key: string]: unknown;
            };
            /** @description Name of the model */
            model: string | null;
            modelDigest: string | null;
            seed: number;
            priority: number;
            step: number;
            /** @description Steps that the run will take */
            total: number;
            loss: number | null;
            stepsPerSecond: number | null;
            /** @description 1 for the first */
            attempt: number;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description Seconds spent running, over all attempts */
            wallSeconds: number;
            error: components["schemas"]["Failure"] | null;
            /** @description Newest preview */
            picture: components["schemas"]["Picture"] | null;
        };
        SelfTest: {
            /** @description How many images it saw */
            images: number;
            /** @description Of the preprocessed images */
            input: {
                min: number;
                max: number;
                mean: number;
                std: number;
            };
            layers: {
                name: string;
                mean: number;
                max: number;
                /** @description Channels of a rectified layer that stayed at zero on every image */
                deadChannels?: number;
            }[];
            warnings: string[];
        };
        Shard: {
            /** Format: uuid */
            id: string;
            status: components["schemas"]["RunStatus"];
            step: number;
            total: number;
        };
        StoredCheckpoint: {
            sha256: string;
            bytes: number;
        };
        StoredDatasetObject: {
            sha256: string;
            bytes: number;
        };
        StoredImage: {
            sha256: string;
            bytes: number;
        };
        TagCount: {
            name: string;
            /** @description Things that have the tag */
            count: number;
        };
        TagList: {
            items: components["schemas"]["TagCount"][];
        };
        TagsOfSubject: {
            tags: string[];
        };
        Unit: {
            channel: number;
            /** @description Of a logit: the name of its class */
            label: string | null;
            /** @description Of a layer that joins several: the one that the channel comes from */
            branch: string | null;
            /** @description Name under which a model is registered, such as inception_v3 */
            model: string;
            modelDigest: string;
            layer: components["schemas"]["Layer"];
            /** @description Of the model, in pixels */
            inputSize: {
                height: number;
                width: number;
            };
            /** @description Under which notes, tags and comments are kept */
            subject: string;
            pictures: components["schemas"]["UnitPicture"][];
            evidence: components["schemas"]["UnitEvidence"][];
            /** @description About the layer as a whole, of the kinds that the unit has evidence of */
            layerEvidence: components["schemas"]["UnitEvidence"][];
            /** @description Pictures of the units that the evidence names, by `layer:channel`; signed, expire */
            thumbnails: {
                [key: string]: string;
            };
            measures: components["schemas"]["RankedMeasure"][];
            runs: components["schemas"]["EvidenceRun"][];
            note: components["schemas"]["Note"] | null;
            tags: string[];
            /** @description How many there are */
            comments: number;
        };
        UnitEvidence: {
            /** @description What was found out: activation-sweep, tuning, unit-weights, ... */
            kind: string;
            /** @description On what it rests: digest of a dataset, name of another layer, or nothing */
            subject: string;
            /** @description Of the dataset, while it is registered, or of the stimuli */
            subjectName: string | null;
            /** @description By the schema that the kind of experiment has for its evidence */
            data: {
                [key: string]: unknown;
            };
            /** Format: uuid */
            runId: string;
            /** Format: date-time */
            createdAt: string;
        };
        UnitExample: {
            /** @description From 0, the lowest; null for one of the images with the highest values */
            band: number | null;
            /** @description Index in the split of the dataset */
            image: number;
            /** @description The highest in the image */
            value: number;
            /** @description What the position can see; null where that is not known or the whole image */
            box: {
                left: number;
                top: number;
                width: number;
                height: number;
            } | null;
            dataset: string;
            /** @description Digest of the dataset */
            subject: string;
            split: string;
            /** @description Of a transformer: which; else all */
            tokens: string;
            /** @description Of the highest value, in the layer */
            row: number;
            column: number;
            /** @description Of the image in the dataset; null where that is no longer registered */
            id: string | null;
            class: string | null;
        };
        UnitExampleList: {
            items: components["schemas"]["UnitExample"][];
        };
        UnitInterest: {
            /**
             * @description `raised`: its pictures come next now; `coming`: they are being made or come next already; `finished`: they are there; `none`: no index that is under way will make them
             * @enum {string}
             */
            state: "raised" | "coming" | "finished" | "none";
        };
        UnitList: {
            /** @description Units that the filters leave */
            total: number;
            measures: components["schemas"]["UnitMeasureColumn"][];
            items: components["schemas"]["UnitSummary"][];
            /** @description null on the last page */
            nextCursor: string | null;
        };
        UnitMeasureColumn: {
            /** @description Such as curve.R */
            name: string;
            /** @description On what it rests: digest of a dataset, name of another layer, or nothing */
            subject: string;
            /** @description Of the dataset, while it is registered, or of the stimuli */
            subjectName: string | null;
        };
        UnitPicture: {
            /** @description `neuron`, `channel`, ... */
            objective: string;
            /** @description 1 for what excites the unit, −1 for what inhibits it */
            sign: number;
            /** @description Such as diversity-2; empty where only the seed differs */
            variant: string;
            restart: number;
            /** @description The objective at the end */
            score: number | null;
            /** Format: uuid */
            artifactId: string;
            name: string;
            /** Format: uuid */
            runId: string;
            /** @description Signed, expires */
            url: string;
            /** @description A smaller one; signed, expires */
            thumbnail: string;
        };
        UnitPlace: {
            /** @description As the model names it, such as mixed4a */
            layer: string;
            channel: number;
        };
        UnitSummary: {
            channel: number;
            /** @description Of a logit: the name of its class */
            label: string | null;
            /** @description Of a layer that joins several: the one that the channel comes from */
            branch: string | null;
            /** @description Address of a small picture of the unit; signed, expires */
            thumbnail: string | null;
            /** @description Of the measures, in the order of the list */
            values: (number | null)[];
            tags: string[];
        };
        Worker: {
            /** Format: uuid */
            id: string;
            name: string;
            hostname: string;
            /**
             * @description lost: its heartbeat has failed to come, and its runs are given to others
             * @enum {string}
             */
            status: "online" | "stopping" | "stopped" | "lost";
            /** @description Tensor backend */
            backend: string;
            /** @description What it computes on */
            device: {
                name: string;
                memoryBytes: number | null;
            };
            /** @description Runs that it executes side by side */
            concurrency: number;
            /** @description Share of its places that were at work since the heartbeat before, 0 to 1 */
            busyShare: number;
            /** @description Runs that it executes now */
            runIds: string[];
            codeVersion: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            heartbeatAt: string;
            stoppedAt: string | null;
        };
        WorkerList: {
            items: components["schemas"]["Worker"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Annotations = components['schemas']['Annotations'];
export type Artifact = components['schemas']['Artifact'];
export type ArtifactList = components['schemas']['ArtifactList'];
export type Branch = components['schemas']['Branch'];
export type Circuit = components['schemas']['Circuit'];
export type CircuitChange = components['schemas']['CircuitChange'];
export type CircuitEdge = components['schemas']['CircuitEdge'];
export type CircuitGraph = components['schemas']['CircuitGraph'];
export type CircuitPage = components['schemas']['CircuitPage'];
export type CircuitRequest = components['schemas']['CircuitRequest'];
export type CircuitSummary = components['schemas']['CircuitSummary'];
export type CircuitUnit = components['schemas']['CircuitUnit'];
export type Comment = components['schemas']['Comment'];
export type CommentPage = components['schemas']['CommentPage'];
export type CommentRequest = components['schemas']['CommentRequest'];
export type Correlations = components['schemas']['Correlations'];
export type Dataset = components['schemas']['Dataset'];
export type DatasetClassList = components['schemas']['DatasetClassList'];
export type DatasetImage = components['schemas']['DatasetImage'];
export type DatasetImagePage = components['schemas']['DatasetImagePage'];
export type DatasetList = components['schemas']['DatasetList'];
export type DatasetManifest = components['schemas']['DatasetManifest'];
export type DatasetProblem = components['schemas']['DatasetProblem'];
export type DatasetSummary = components['schemas']['DatasetSummary'];
export type DuplicateRequest = components['schemas']['DuplicateRequest'];
export type Estimate = components['schemas']['Estimate'];
export type EstimateRequest = components['schemas']['EstimateRequest'];
export type EvidenceRun = components['schemas']['EvidenceRun'];
export type ExpandedWeightsList = components['schemas']['ExpandedWeightsList'];
export type Failure = components['schemas']['Failure'];
export type FoundCircuit = components['schemas']['FoundCircuit'];
export type FoundCircuitUnit = components['schemas']['FoundCircuitUnit'];
export type FoundText = components['schemas']['FoundText'];
export type FoundTextPage = components['schemas']['FoundTextPage'];
export type FoundUnit = components['schemas']['FoundUnit'];
export type FoundUnitPage = components['schemas']['FoundUnitPage'];
export type Health = components['schemas']['Health'];
export type Index = components['schemas']['Index'];
export type IndexEstimate = components['schemas']['IndexEstimate'];
export type IndexList = components['schemas']['IndexList'];
export type IndexPreview = components['schemas']['IndexPreview'];
export type IndexRequest = components['schemas']['IndexRequest'];
export type IndexSettings = components['schemas']['IndexSettings'];
export type IndexSettingsInput = components['schemas']['IndexSettingsInput'];
export type IndexSummary = components['schemas']['IndexSummary'];
export type Kind = components['schemas']['Kind'];
export type KindList = components['schemas']['KindList'];
export type KindSummary = components['schemas']['KindSummary'];
export type Layer = components['schemas']['Layer'];
export type LayerDetail = components['schemas']['LayerDetail'];
export type LayerEvidence = components['schemas']['LayerEvidence'];
export type LayerList = components['schemas']['LayerList'];
export type LayerPictures = components['schemas']['LayerPictures'];
export type Model = components['schemas']['Model'];
export type ModelList = components['schemas']['ModelList'];
export type ModelManifest = components['schemas']['ModelManifest'];
export type ModelSummary = components['schemas']['ModelSummary'];
export type Note = components['schemas']['Note'];
export type NoteRequest = components['schemas']['NoteRequest'];
export type Picture = components['schemas']['Picture'];
export type Preprocessing = components['schemas']['Preprocessing'];
export type Problem = components['schemas']['Problem'];
export type RankedMeasure = components['schemas']['RankedMeasure'];
export type Readiness = components['schemas']['Readiness'];
export type ReceptiveField = components['schemas']['ReceptiveField'];
export type Run = components['schemas']['Run'];
export type RunEvent = components['schemas']['RunEvent'];
export type RunEventList = components['schemas']['RunEventList'];
export type RunPage = components['schemas']['RunPage'];
export type RunRequest = components['schemas']['RunRequest'];
export type RunStatus = components['schemas']['RunStatus'];
export type RunSummary = components['schemas']['RunSummary'];
export type SelfTest = components['schemas']['SelfTest'];
export type Shard = components['schemas']['Shard'];
export type StoredCheckpoint = components['schemas']['StoredCheckpoint'];
export type StoredDatasetObject = components['schemas']['StoredDatasetObject'];
export type StoredImage = components['schemas']['StoredImage'];
export type TagCount = components['schemas']['TagCount'];
export type TagList = components['schemas']['TagList'];
export type TagsOfSubject = components['schemas']['TagsOfSubject'];
export type Unit = components['schemas']['Unit'];
export type UnitEvidence = components['schemas']['UnitEvidence'];
export type UnitExample = components['schemas']['UnitExample'];
export type UnitExampleList = components['schemas']['UnitExampleList'];
export type UnitInterest = components['schemas']['UnitInterest'];
export type UnitList = components['schemas']['UnitList'];
export type UnitMeasureColumn = components['schemas']['UnitMeasureColumn'];
export type UnitPicture = components['schemas']['UnitPicture'];
export type UnitPlace = components['schemas']['UnitPlace'];
export type UnitSummary = components['schemas']['UnitSummary'];
export type Worker = components['schemas']['Worker'];
export type WorkerList = components['schemas']['WorkerList'];
export type $defs = Record<string, never>;
export interface operations {
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelManifest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLayers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLayer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerDetail"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLayerPictures: {
        parameters: {
            query?: {
                /** @description Default: channel where there is one, else neuron */
                objective?: string;
                /** @description 1 for what excites the units, -1 for what inhibits them */
                sign?: number;
            };
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LayerPictures"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCorrelations: {
        parameters: {
            query: {
                channel: number;
            };
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Correlations"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchUnits: {
        parameters: {
            query?: {
                /** @description Part of a note or comment */
                text?: string;
                /** @description Tags that a unit must all have; repeated */
                tag?: string[];
                /** @description Bounds of measures, such as curve.R:0.8~; repeated */
                range?: string[];
                /** @description Name under which a model is registered, such as inception_v3 */
                model?: string;
                /** @description As the model names it, such as mixed4a */
                layer?: string;
                /** @description Items in a page */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundUnitPage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findCircuit: {
        parameters: {
            query: {
                /** @description The units chosen, as layer:channel; repeated */
                unit: string | string[];
                /** @description Of each kind for each chosen unit: exciting and inhibiting inputs, and outputs */
                neighbours?: number;
            };
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundCircuit"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCircuits: {
        parameters: {
            query?: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model?: string;
                /** @description Items in a page */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CircuitPage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCircuit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CircuitRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circuit"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCircuit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circuit"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCircuit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CircuitChange"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Circuit"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCircuit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnits: {
        parameters: {
            query?: {
                /** @description `channel`, or the name of a measure */
                sort?: string;
                /** @description Which of several measures of that name; the newest when absent */
                subject?: string;
                /** @description Default: asc by channel, desc by a measure */
                direction?: "asc" | "desc";
                /** @description Of the measure that is sorted by */
                minimum?: number;
                /** @description Of the measure that is sorted by */
                maximum?: number;
                tag?: string;
                branch?: string;
                /** @description Units in a page */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUnit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
                /** @description Index along the channels of the layer, from 0 */
                channel: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unit"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getActivationMaps: {
        parameters: {
            query?: {
                /** @description Digest of the dataset; that of the newest sweep when absent */
                subject?: string;
                /** @description Of a transformer: which; the first group of the layer when absent */
                tokens?: "all" | "class" | "extra" | "patches";
            };
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
                /** @description Index along the channels of the layer, from 0 */
                channel: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The values */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnitExamples: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
                /** @description Index along the channels of the layer, from 0 */
                channel: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitExampleList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUnitTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
                /** @description Index along the channels of the layer, from 0 */
                channel: number;
                table: "measures" | "examples" | "tuning" | "weights";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table, with a line of names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUnitArchive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
                /** @description Index along the channels of the layer, from 0 */
                channel: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExpandedWeights: {
        parameters: {
            query: {
                /** @description May be given more than once */
                channel: number[];
            };
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExpandedWeightsList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnnotations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Annotations"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAnnotations: {
        parameters: {
            query: {
                /** @description Part of the text */
                search: string;
                /** @description How the subject begins, such as unit/inception_v3/ */
                subject?: string;
                /** @description Items in a page */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundTextPage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
                subject: string;
                /** @description Such as curve detector */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsOfSubject"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
                subject: string;
                /** @description Such as curve detector */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsOfSubject"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTags: {
        parameters: {
            query?: {
                /** @description Part of the name */
                search?: string;
                /** @description Items in a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listComments: {
        parameters: {
            query?: {
                /** @description Items in a page */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentPage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description What is written about: unit/{model}/{layer}/{channel}, circuit/{id} or run/{id} */
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredCheckpoint"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredCheckpoint"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createImage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredImage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatasets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerDataset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DatasetManifest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeDataset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putDatasetObject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sha256: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredDatasetObject"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredDatasetObject"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putDatasetArchive: {
        parameters: {
            query?: {
                /** @description What the file is called */
                fileName?: string;
                license?: string;
                /** @description Where the images come from */
                source?: string;
                description?: string;
                /** @description The folder below the split, the folder an image lies in, or no classes */
                classFrom?: "folder" | "parent" | "none";
            };
            header?: never;
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putStimulusSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Kind of stimulus: rounded-corner, grating, ... */
                    stimulus: string;
                    /**
                     * @description Of the images, in pixels
                     * @default 224
                     */
                    height?: number;
                    /**
                     * @description Of the images, in pixels
                     * @default 224
                     */
                    width?: number;
                    /**
                     * @description A value, or a list of values, for each parameter that is not to have its default
                     * @default {}
                     */
                    parameters?: {
                        [key: string]: (number | string | boolean | null) | (number | string | boolean | null)[];
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dataset"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatasetClasses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetClassList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDatasetImages: {
        parameters: {
            query?: {
                /** @description Items in a page */
                limit?: number;
                /** @description nextCursor of the page before, or any number of images to pass over */
                cursor?: number;
                /** @description Default: the first */
                split?: string;
                /** @description Only of this class; −1: without a class */
                label?: number;
            };
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetImagePage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatasetImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
                split: string;
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetImage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatasetImageFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
                split: string;
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatasetImageThumbnail: {
        parameters: {
            query?: {
                /** @description Of its longer side, in pixels */
                side?: number;
            };
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
                split: string;
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thumbnail */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDatasetImageInput: {
        parameters: {
            query: {
                /** @description Name of the model */
                model: string;
            };
            header?: never;
            path: {
                /** @description Its name, or the digest of a certain version */
                dataset: string;
                split: string;
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KindList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Kind of experiment, such as feature-visualization */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Kind"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEstimate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EstimateRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Estimate"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIndexEstimate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IndexRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndexPreview"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIndexes: {
        parameters: {
            query?: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model?: string;
                /** @description Items in a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndexList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIndex: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IndexRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Index"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIndex: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Index"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIndexPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Index"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIndexResumption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Index"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createIndexCancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Index"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUnitInterest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name under which a model is registered, such as inception_v3 */
                model: string;
                /** @description As the model names it, such as mixed4a */
                layer: string;
                /** @description Index along the channels of the layer, from 0 */
                channel: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnitInterest"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description May be given more than once */
                status?: components["schemas"]["RunStatus"][];
                /** @description Kind of experiment, such as feature-visualization */
                kind?: string;
                /** @description Name under which a model is registered, such as inception_v3 */
                model?: string;
                /** @description Part of the title or objective, such as mixed4a:97 */
                search?: string;
                /** @description Only the shards of that run, which are left out otherwise */
                flow?: string;
                createdAfter?: string;
                createdBefore?: string;
                sort?: "createdAt" | "finishedAt" | "wallSeconds";
                direction?: "asc" | "desc";
                /** @description Items in a page */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers with the run that it made the first time */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDuplicate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers with the run that it made the first time */
                "idempotency-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicateRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunEvents: {
        parameters: {
            query?: {
                /** @description Only events of a greater sequence */
                after?: number;
                /** @description For the list */
                limit?: number;
            };
            header?: {
                "last-event-id"?: number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events in their order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunEventList"];
                    "text/event-stream": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunArtifacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArtifactList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getArtifact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Artifact"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getObject: {
        parameters: {
            query: {
                /** @description Seconds since 1970 */
                expires: string;
                mediaType: string;
                fileName?: string;
                signature: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The content */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description A range of the content */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkers: {
        parameters: {
            query?: {
                /** @description Also those that stopped, or were lost over an hour ago */
                includeGone?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerList"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description What went wrong, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
