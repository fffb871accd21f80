import * as pulumi from "@pulumi/pulumi";
import * as wso2 from "pulumi-asgardeo-bijira";

const config = new pulumi.Config();
const scopes = ["orders:read", "orders:write"];

const orders = new wso2.AsgardeoApi("orders", {
    identifier: config.require("identifier"),
    name: "Orders API",
    scopes: [
        { name: "orders:read", displayName: "Read orders" },
        { name: "orders:write", displayName: "Place orders" },
    ],
});

const application = new wso2.AsgardeoApplication("orders-client", {
    applicationType: "m2m",
    authorizedApis: [{ apiId: orders.id, policy: "RBAC", scopes }],
});

new wso2.BijiraApplicationClient("orders-client", {
    clientId: application.clientId,
    subscriptions: [
        { apiName: config.require("apiName"), apiVersion: config.require("apiVersion"), plan: "Gold" },
    ],
});

export const tokenEndpoint = application.tokenEndpoint;
export const clientId = application.clientId;
export const clientSecret = application.clientSecret;
export const scope = scopes.join(" ");
export const apiUrl = config.require("apiUrl");
