import { sendPicturesSmall } from "../shared/small-uploads";

sendPicturesSmall(document);
